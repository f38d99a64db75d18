/**
 * The Connect plugin: connector and task, which delegate, and the runtime that puts the parts
 * together.
 */
package io.tidemark.sink;
