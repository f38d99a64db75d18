package io.tidemark.delta.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

/** A row is a Struct like any other to converters and transformations. */
class RowStructTest {

  private static final byte[] BYTES = {8};
  private static final Schema INNER = SchemaBuilder.struct().field("x", Schema.INT8_SCHEMA).build();
  private static final Schema SCHEMA =
      SchemaBuilder.struct()
          .name("row")
          .field("b", Schema.INT8_SCHEMA)
          .field("s", Schema.INT16_SCHEMA)
          .field("i", Schema.INT32_SCHEMA)
          .field("l", Schema.INT64_SCHEMA)
          .field("f", Schema.FLOAT32_SCHEMA)
          .field("d", Schema.FLOAT64_SCHEMA)
          .field("t", Schema.BOOLEAN_SCHEMA)
          .field("text", Schema.OPTIONAL_STRING_SCHEMA)
          .field("bytes", Schema.BYTES_SCHEMA)
          .field("list", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
          .field("map", SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA).build())
          .field("inner", INNER)
          .build();

  private static RowStruct row() {
    RowStruct inner = new RowStruct(INNER);
    inner.decoded(0, (byte) 9);
    RowStruct row = new RowStruct(SCHEMA);
    Object[] values = {
      (byte) 1, (short) 2, 3, 4L, 5f, 6d, true, "seven", BYTES, List.of("a"), Map.of("k", 1), inner
    };
    for (int i = 0; i < values.length; i++) {
      row.decoded(i, values[i]);
    }
    return row;
  }

  private static Struct plain() {
    return new Struct(SCHEMA)
        .put("b", (byte) 1)
        .put("s", (short) 2)
        .put("i", 3)
        .put("l", 4L)
        .put("f", 5f)
        .put("d", 6d)
        .put("t", true)
        .put("text", "seven")
        .put("bytes", BYTES)
        .put("list", List.of("a"))
        .put("map", Map.of("k", 1))
        .put("inner", new Struct(INNER).put("x", (byte) 9));
  }

  @Test
  void givesEachFieldInEachWay() {
    RowStruct row = row();
    row.validate();
    assertThat(row.getInt8("b")).isEqualTo((byte) 1);
    assertThat(row.getInt16("s")).isEqualTo((short) 2);
    assertThat(row.getInt32("i")).isEqualTo(3);
    assertThat(row.getInt64("l")).isEqualTo(4);
    assertThat(row.getFloat32("f")).isEqualTo(5);
    assertThat(row.getFloat64("d")).isEqualTo(6);
    assertThat(row.getBoolean("t")).isTrue();
    assertThat(row.getString("text")).isEqualTo("seven");
    assertThat(row.getBytes("bytes")).containsExactly(8);
    assertThat(row.getArray("list")).isEqualTo(List.of("a"));
    assertThat(row.getMap("map")).isEqualTo(Map.of("k", 1));
    assertThat(row.getStruct("inner").getInt8("x")).isEqualTo((byte) 9);
    for (var field : SCHEMA.fields()) {
      assertThat(row.get(field)).isSameAs(row.get(field.name()));
      assertThat(row.getWithoutDefault(field.name())).isSameAs(row.get(field));
    }
    assertThat(row.toString()).isEqualTo(plain().toString());
  }

  @Test
  void isEqualByContent() {
    assertThat(row()).isEqualTo(row()).hasSameHashCodeAs(row());
    assertThat(row()).isEqualTo(plain()).hasSameHashCodeAs(plain());
    assertThat(row().put("l", 5L)).isNotEqualTo(row());
  }

  @Test
  void refusesWhatAnyStructRefuses() {
    RowStruct row = row();
    assertThatThrownBy(() -> row.put("i", "text")).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> row.put("none", 1)).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> row.get("none")).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> row.getInt32("l")).isInstanceOf(DataException.class);
    row.put("text", null).validate();
    row.decoded(0, null);
    assertThatThrownBy(row::validate).isInstanceOf(DataException.class);
  }

  @Test
  void goesIntoAnotherStruct() {
    Schema around = SchemaBuilder.struct().field("row", SCHEMA).build();
    Struct outer = new Struct(around).put("row", row());
    outer.validate();
    assertThat(outer.getStruct("row").getString("text")).isEqualTo("seven");
  }
}
