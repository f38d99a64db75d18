/** Operators between tasks and driver: runs into segments, segments into rows of closed windows. */
package io.tidemark.sink.window;
