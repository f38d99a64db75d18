package io.tidemark.delta.parquet;

/** Where a decoded value goes: a field of a struct, a list, a map. */
interface Cell {

  void accept(Object value);
}
