package io.tidemark.delta.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.delta.schema.ColumnType.Primitive;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.Test;

class ColumnSchemasTest {

  private static Schema row(TemporalMode mode, Column... columns) {
    return ColumnSchemas.row(new ColumnType.Struct(List.of(columns)), "orders", mode);
  }

  private static Column column(String name, ColumnType type) {
    return new Column(name, type, true);
  }

  @Property
  void theSinkMakesTheSameColumnsOfIt(@ForAll("structs") ColumnType.Struct columns) {
    for (TemporalMode mode : TemporalMode.values()) {
      assertThat(ConnectTypes.struct(ColumnSchemas.row(columns, "orders", mode)))
          .isEqualTo(columns);
    }
  }

  /** All nullable, as the sink makes them, and without wall clocks. */
  @Provide
  Arbitrary<ColumnType.Struct> structs() {
    return structOf(3);
  }

  private static Arbitrary<ColumnType.Struct> structOf(int depth) {
    return type(depth)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(
            types -> {
              List<Column> columns = new ArrayList<>();
              for (ColumnType type : types) {
                columns.add(column("c" + columns.size(), type));
              }
              return new ColumnType.Struct(columns);
            });
  }

  private static Arbitrary<ColumnType> type(int depth) {
    Arbitrary<ColumnType> primitives =
        Arbitraries.of(Primitive.class)
            .filter(type -> type != Primitive.TIMESTAMP_NTZ)
            .map(type -> type);
    Arbitrary<ColumnType> decimals =
        Arbitraries.integers()
            .between(1, 38)
            .flatMap(
                precision ->
                    Arbitraries.integers()
                        .between(0, precision)
                        .map(scale -> new ColumnType.Decimal(precision, scale)));
    if (depth == 0) {
      return Arbitraries.oneOf(primitives, decimals);
    }
    return Arbitraries.oneOf(
        primitives,
        decimals,
        structOf(depth - 1).map(type -> type),
        type(depth - 1).map(element -> new ColumnType.Array(element, true)),
        Combinators.combine(type(depth - 1), type(depth - 1))
            .as((key, value) -> new ColumnType.Map(key, value, true)));
  }

  @Test
  void aConnectSchemaThatTheSinkWroteComesBack() {
    Schema nested =
        SchemaBuilder.struct()
            .name("orders.nested")
            .optional()
            .field("x", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .build();
    Schema written =
        SchemaBuilder.struct()
            .name("orders")
            .field("a", Schema.OPTIONAL_INT8_SCHEMA)
            .field("b", Schema.OPTIONAL_BYTES_SCHEMA)
            .field(
                "c",
                Decimal.builder(2).parameter("connect.decimal.precision", "9").optional().build())
            .field("d", Date.builder().optional().build())
            .field("e", Timestamp.builder().optional().build())
            .field("nested", nested)
            .field("list", SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build())
            .field(
                "map",
                SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                    .optional()
                    .build())
            .build();
    assertThat(ColumnSchemas.row(ConnectTypes.struct(written), "orders", TemporalMode.CONNECT))
        .isEqualTo(written);
  }

  @Test
  void timestampsAreInMicrosecondsUnlessConnectsOwnAreWanted() {
    Column at = column("at", Primitive.TIMESTAMP);
    assertThat(row(TemporalMode.MICROS, at).field("at").schema().name())
        .isEqualTo("io.debezium.time.MicroTimestamp");
    assertThat(row(TemporalMode.CONNECT, at).field("at").schema().name())
        .isEqualTo(Timestamp.LOGICAL_NAME);
  }

  @Test
  void wallClocksAreToldFromInstants() {
    Schema schema =
        row(TemporalMode.MICROS, column("at", Primitive.TIMESTAMP_NTZ)).field("at").schema();
    assertThat(schema.parameters()).containsEntry("delta.type", "timestamp_ntz");
  }

  @Test
  void onlyWhatMayBeNullIsOptional() {
    ColumnType list = new ColumnType.Array(Primitive.LONG, false);
    Schema schema =
        row(TemporalMode.MICROS, new Column("id", Primitive.LONG, false), column("list", list));
    assertThat(schema.isOptional()).isFalse();
    assertThat(schema.field("id").schema().isOptional()).isFalse();
    assertThat(schema.field("list").schema().isOptional()).isTrue();
    assertThat(schema.field("list").schema().valueSchema().isOptional()).isFalse();
  }

  @Test
  void everyStructHasANameOfItsOwnThatConvertersTake() {
    ColumnType.Struct inner = new ColumnType.Struct(List.of(column("x", Primitive.LONG)));
    Schema schema =
        ColumnSchemas.row(
            new ColumnType.Struct(
                List.of(
                    column("a-b", inner),
                    column("a_b", inner),
                    column("1", new ColumnType.Array(inner, true)),
                    column("m", new ColumnType.Map(Primitive.STRING, inner, true)))),
            "orders v2",
            TemporalMode.MICROS);
    assertThat(schema.name()).isEqualTo("orders_v2");
    assertThat(schema.field("a-b").schema().name()).isEqualTo("orders_v2.a_b");
    assertThat(schema.field("a_b").schema().name()).isEqualTo("orders_v2.a_b_2");
    assertThat(schema.field("1").schema().valueSchema().name()).isEqualTo("orders_v2._1.element");
    assertThat(schema.field("m").schema().valueSchema().name()).isEqualTo("orders_v2.m.value");
    Set<String> names = new HashSet<>();
    names(schema, names);
    assertThat(names).hasSize(5);
  }

  private static void names(Schema schema, Set<String> names) {
    switch (schema.type()) {
      case STRUCT -> {
        assertThat(names.add(schema.name())).isTrue();
        for (Field field : schema.fields()) {
          names(field.schema(), names);
        }
      }
      case ARRAY, MAP -> names(schema.valueSchema(), names);
      default -> {}
    }
  }
}
