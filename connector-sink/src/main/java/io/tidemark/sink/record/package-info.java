/** A sink record into a row of a table; what cannot become one is rejected here. */
package io.tidemark.sink.record;
