/** Rows of Parquet files as Connect structs, each column converted where it is decoded. */
package io.tidemark.delta.parquet;
