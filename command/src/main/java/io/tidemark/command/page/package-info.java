/** An inspection as a page for a browser: one file, with nothing that it would have to load. */
package io.tidemark.command.page;
