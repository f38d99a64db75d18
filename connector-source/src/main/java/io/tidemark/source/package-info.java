/** The source connector and its task, which delegate, and the runtime that joins the parts. */
package io.tidemark.source;
