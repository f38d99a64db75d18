package io.tidemark.delta.parquet;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;

/**
 * A Struct that takes decoded values as they are. {@link Struct#put} checks the type of each value
 * again, which would cost half as much as decoding it; it still does so for all other callers.
 */
final class RowStruct extends Struct {

  private final Object[] values;

  RowStruct(Schema schema) {
    super(schema);
    this.values = new Object[schema.fields().size()];
  }

  /** Sets a value of the field's type. */
  void decoded(int field, Object value) {
    values[field] = value;
  }

  private Field field(String name) {
    Field field = schema().field(name);
    if (field == null) {
      throw new DataException(name + " is not a valid field name");
    }
    return field;
  }

  private Object checked(String name, Schema.Type type) {
    Field field = field(name);
    if (field.schema().type() != type) {
      throw new DataException("Field '" + name + "' is not of type " + type);
    }
    return values[field.index()];
  }

  @Override
  public Object get(String name) {
    return get(field(name));
  }

  @Override
  public Object get(Field field) {
    Object value = values[field.index()];
    return value == null ? field.schema().defaultValue() : value;
  }

  @Override
  public Object getWithoutDefault(String name) {
    return values[field(name).index()];
  }

  @Override
  public Byte getInt8(String name) {
    return (Byte) checked(name, Schema.Type.INT8);
  }

  @Override
  public Short getInt16(String name) {
    return (Short) checked(name, Schema.Type.INT16);
  }

  @Override
  public Integer getInt32(String name) {
    return (Integer) checked(name, Schema.Type.INT32);
  }

  @Override
  public Long getInt64(String name) {
    return (Long) checked(name, Schema.Type.INT64);
  }

  @Override
  public Float getFloat32(String name) {
    return (Float) checked(name, Schema.Type.FLOAT32);
  }

  @Override
  public Double getFloat64(String name) {
    return (Double) checked(name, Schema.Type.FLOAT64);
  }

  @Override
  public Boolean getBoolean(String name) {
    return (Boolean) checked(name, Schema.Type.BOOLEAN);
  }

  @Override
  public String getString(String name) {
    return (String) checked(name, Schema.Type.STRING);
  }

  @Override
  public byte[] getBytes(String name) {
    return (byte[]) checked(name, Schema.Type.BYTES);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <T> List<T> getArray(String name) {
    return (List<T>) checked(name, Schema.Type.ARRAY);
  }

  @Override
  @SuppressWarnings("unchecked")
  public <K, V> Map<K, V> getMap(String name) {
    return (Map<K, V>) checked(name, Schema.Type.MAP);
  }

  @Override
  public Struct getStruct(String name) {
    return (Struct) checked(name, Schema.Type.STRUCT);
  }

  @Override
  public Struct put(String name, Object value) {
    return put(field(name), value);
  }

  @Override
  public Struct put(Field field, Object value) {
    ConnectSchema.validateValue(field.name(), field.schema(), value);
    values[field.index()] = value;
    return this;
  }

  @Override
  public void validate() {
    for (Field field : schema().fields()) {
      Object value = values[field.index()];
      boolean absent =
          value == null && (field.schema().isOptional() || field.schema().defaultValue() != null);
      if (!absent) {
        ConnectSchema.validateValue(field.name(), field.schema(), value);
      }
    }
  }

  /**
   * By content. A Struct of another class is never equal to this one, because its own comparison
   * includes the class.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Struct struct
        && schema().equals(struct.schema())
        && schema().fields().stream()
            .allMatch(
                field ->
                    Objects.deepEquals(
                        values[field.index()], struct.getWithoutDefault(field.name())));
  }

  @Override
  public int hashCode() {
    return Objects.hash(schema(), Arrays.deepHashCode(values));
  }

  @Override
  public String toString() {
    return copy().toString();
  }

  private Struct copy() {
    Struct copy = new Struct(schema());
    for (Field field : schema().fields()) {
      copy.put(field, values[field.index()]);
    }
    return copy;
  }
}
