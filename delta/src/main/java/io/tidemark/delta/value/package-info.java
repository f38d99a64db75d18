/**
 * Connect values (of Structs with schema and of schemaless maps) into the canonical values of
 * Delta's column types.
 */
package io.tidemark.delta.value;
