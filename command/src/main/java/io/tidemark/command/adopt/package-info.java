/** A checkpoint location that continues a query of which only the tables are left. */
package io.tidemark.command.adopt;
