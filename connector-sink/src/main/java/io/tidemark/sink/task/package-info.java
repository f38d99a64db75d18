/** The executor: what a task does in each callback of the Connect runtime. */
package io.tidemark.sink.task;
