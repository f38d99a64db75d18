package io.tidemark.delta.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectTypesTest {

  static Stream<Arguments> mapping() {
    return Stream.of(
        row(Schema.BOOLEAN_SCHEMA, "boolean"),
        row(Schema.INT8_SCHEMA, "byte"),
        row(Schema.INT16_SCHEMA, "short"),
        row(Schema.INT32_SCHEMA, "integer"),
        row(Schema.INT64_SCHEMA, "long"),
        row(Schema.FLOAT32_SCHEMA, "float"),
        row(Schema.FLOAT64_SCHEMA, "double"),
        row(Schema.STRING_SCHEMA, "string"),
        row(Schema.BYTES_SCHEMA, "binary"),
        row(Decimal.schema(2), "decimal(38,2)"),
        row(
            Decimal.builder(2).parameter("connect.decimal.precision", "10").build(),
            "decimal(10,2)"),
        row(
            Decimal.builder(2).parameter("connect.decimal.precision", "60").build(),
            "decimal(38,2)"),
        row(
            Decimal.builder(-3).parameter("connect.decimal.precision", "5").build(),
            "decimal(8,0)"),
        row(Date.SCHEMA, "date"),
        row(Time.SCHEMA, "long"),
        row(Timestamp.SCHEMA, "timestamp"),
        row(named(SchemaBuilder.int32(), "io.debezium.time.Date"), "date"),
        row(named(SchemaBuilder.int64(), "io.debezium.time.Timestamp"), "timestamp"),
        row(named(SchemaBuilder.int64(), "io.debezium.time.MicroTimestamp"), "timestamp"),
        row(named(SchemaBuilder.int64(), "io.debezium.time.NanoTimestamp"), "timestamp"),
        row(named(SchemaBuilder.string(), "io.debezium.time.ZonedTimestamp"), "timestamp"),
        row(named(SchemaBuilder.int32(), "io.debezium.time.Time"), "long"),
        row(named(SchemaBuilder.int64(), "io.debezium.time.MicroTime"), "long"),
        row(named(SchemaBuilder.int64(), "io.debezium.time.NanoTime"), "long"),
        row(named(SchemaBuilder.string(), "io.debezium.time.ZonedTime"), "long"),
        row(named(SchemaBuilder.int32(), "io.debezium.time.Year"), "integer"),
        row(named(SchemaBuilder.string(), "io.debezium.data.Uuid"), "string"),
        row(named(SchemaBuilder.string(), "io.debezium.data.Json"), "string"),
        row(named(SchemaBuilder.string(), "io.debezium.data.Enum"), "string"),
        row(named(SchemaBuilder.string(), "io.debezium.data.Xml"), "string"),
        row(
            SchemaBuilder.struct()
                .name("io.debezium.data.VariableScaleDecimal")
                .field("scale", Schema.INT32_SCHEMA)
                .field("value", Schema.BYTES_SCHEMA)
                .build(),
            "decimal(38,18)"),
        row(named(SchemaBuilder.string(), "io.debezium.time.Date"), "string"),
        row(SchemaBuilder.array(Schema.INT64_SCHEMA).build(), "array<long>"),
        row(SchemaBuilder.map(Schema.STRING_SCHEMA, Date.SCHEMA).build(), "map<string,date>"));
  }

  @ParameterizedTest
  @MethodSource("mapping")
  void mapsEveryType(Schema schema, String type) {
    assertThat(ConnectTypes.type(schema)).hasToString("Optional[" + type + "]");
  }

  @Test
  void everyColumnIsNullable() {
    Schema schema = SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    assertThat(ConnectTypes.struct(schema).columns()).allMatch(Column::nullable);
  }

  @Test
  void structsWithoutFieldsGiveNoColumn() {
    Schema empty = SchemaBuilder.struct().build();
    Schema schema =
        SchemaBuilder.struct()
            .field("empty", empty)
            .field("list", SchemaBuilder.array(empty).build())
            .field("outer", SchemaBuilder.struct().field("inner", empty).build())
            .field("x", Schema.INT64_SCHEMA)
            .build();
    assertThat(ConnectTypes.struct(schema)).hasToString("struct<x:long>");
  }

  @Test
  void refusesNamesThatDifferOnlyInCase() {
    Schema inner =
        SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("ID", Schema.INT64_SCHEMA)
            .build();
    Schema schema = SchemaBuilder.struct().field("order", inner).build();
    assertThatThrownBy(() -> ConnectTypes.struct(schema))
        .hasMessageStartingWith("TM-251")
        .hasMessageContaining("order.id and order.ID");
  }

  @Test
  void refusesDecimalsBeyondDelta() {
    Schema schema = SchemaBuilder.struct().field("d", Decimal.schema(39)).build();
    assertThatThrownBy(() -> ConnectTypes.struct(schema))
        .hasMessageStartingWith("TM-252")
        .hasMessageContaining("field d");
  }

  @Test
  void refusesEndlessNesting() {
    Schema schema = Schema.INT64_SCHEMA;
    for (int i = 0; i < 200; i++) {
      schema = SchemaBuilder.struct().field("f", schema).build();
    }
    Schema deep = schema;
    assertThatThrownBy(() -> ConnectTypes.struct(deep)).hasMessageStartingWith("TM-253");
  }

  private static Arguments row(Schema schema, String type) {
    return Arguments.of(schema, type);
  }

  private static Schema named(SchemaBuilder builder, String name) {
    return builder.name(name).build();
  }
}
