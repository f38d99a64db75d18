package io.tidemark.delta.parquet;

/** The target of a decoded value: a field of a struct, a list or a map. */
interface Cell {

  void accept(Object value);
}
