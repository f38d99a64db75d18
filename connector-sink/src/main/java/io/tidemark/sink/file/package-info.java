/** Rows into closed Parquet data files with statistics, within a memory budget. */
package io.tidemark.sink.file;
