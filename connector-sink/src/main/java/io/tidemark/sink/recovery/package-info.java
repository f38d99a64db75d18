/** The logs into the offsets from which a task continues. */
package io.tidemark.sink.recovery;
