/**
 * The schema of a Delta table in types of our own, and its way from and to Connect schemas and
 * schemaless values: mapping, inference, merging. Pure.
 */
package io.tidemark.delta.schema;
