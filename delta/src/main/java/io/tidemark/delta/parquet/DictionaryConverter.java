package io.tidemark.delta.parquet;

import java.util.function.Function;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Bytes into values that cannot change, each entry of a dictionary converted once. */
final class DictionaryConverter extends PrimitiveConverter {

  private final Cell cell;
  private final Function<Binary, Object> conversion;
  private Dictionary dictionary;
  private Object[] converted;

  DictionaryConverter(Cell cell, Function<Binary, Object> conversion) {
    this.cell = cell;
    this.conversion = conversion;
  }

  @Override
  public boolean hasDictionarySupport() {
    return true;
  }

  @Override
  public void setDictionary(Dictionary dictionary) {
    this.dictionary = dictionary;
    this.converted = new Object[dictionary.getMaxId() + 1];
  }

  @Override
  public void addValueFromDictionary(int id) {
    Object value = converted[id];
    if (value == null) {
      value = conversion.apply(dictionary.decodeToBinary(id));
      converted[id] = value;
    }
    cell.accept(value);
  }

  @Override
  public void addBinary(Binary value) {
    cell.accept(conversion.apply(value));
  }
}
