package io.tidemark.source.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.delta.read.ChangeType;
import io.tidemark.delta.read.TableState;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.source.offset.Position;
import io.tidemark.source.read.Step;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.junit.jupiter.api.Test;

/** Topic, key and headers of a row. */
class RecordFactoryTest {

  private static final Schema CUSTOMER =
      SchemaBuilder.struct().optional().field("id", Schema.INT32_SCHEMA).build();
  private static final Schema ROWS =
      SchemaBuilder.struct()
          .name("orders")
          .field("id", Schema.INT64_SCHEMA)
          .field("country", Schema.OPTIONAL_STRING_SCHEMA)
          .field("customer", CUSTOMER)
          .field("tags", SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
          .build();

  private record State(long version, Schema rowSchema) implements TableState {
    @Override
    public String tableId() {
      return "t";
    }

    @Override
    public TableSchema schema() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean changeFeedEnabled() {
      return false;
    }
  }

  private static Struct row() {
    return new Struct(ROWS)
        .put("id", 7L)
        .put("country", "DE")
        .put("customer", new Struct(CUSTOMER).put("id", 42));
  }

  private static RowRecord record(RecordOptions options, Struct value, ChangeType type) {
    Position next = Position.tail(0, "t", 3).inChange(0, 1);
    Step.Row row =
        new Step.Row(5, next, new Step.Part(new State(3, value.schema()), 3, 1234), type, value);
    return new RecordFactory("/lake/orders", options)
        .record(row, Map.of("shard", "/lake/orders 5/16"), next, "known", () -> {});
  }

  private static RowRecord keyed(Struct value, String... fields) {
    return record(
        new RecordOptions("${table}", List.of(fields), true, false), value, ChangeType.INSERT);
  }

  @Test
  void rowIsTheValueOfItsRecord() {
    RowRecord record = keyed(row());
    assertThat(record.value()).isEqualTo(row());
    assertThat(record.valueSchema()).isSameAs(ROWS);
    assertThat(record.keySchema()).isNull();
    assertThat(record.key()).isNull();
    assertThat(record.topic()).isEqualTo("orders");
    assertThat(record.kafkaPartition()).isNull();
    assertThat(record.timestamp()).isNull();
  }

  @Test
  void offsetSaysWhereTheShardContinues() {
    assertThat(keyed(row()).sourceOffset())
        .isEqualTo(
            Map.of(
                "generation",
                0L,
                "tableId",
                "t",
                "version",
                3L,
                "snapshot",
                false,
                "change",
                0,
                "row",
                1L,
                "commit",
                "",
                "shards",
                "known"));
  }

  @Test
  void topicIsATemplate() {
    RecordOptions options = new RecordOptions("lake.${table}.v1", List.of(), true, false);
    assertThat(options.topicOf("s3a://bucket/lake/orders")).isEqualTo("lake.orders.v1");
  }

  @Test
  void oneKeyFieldIsTheKeyItself() {
    RowRecord record = keyed(row(), "id");
    assertThat(record.key()).isEqualTo(7L);
    assertThat(record.keySchema()).isEqualTo(Schema.INT64_SCHEMA);
  }

  @Test
  void severalKeyFieldsAreAStruct() {
    RowRecord record = keyed(row(), "country", "customer.id");
    Struct key = (Struct) record.key();
    assertThat(key.schema().name()).isEqualTo("orders.Key");
    assertThat(key.getString("country")).isEqualTo("DE");
    assertThat(key.getInt32("customer_id")).isEqualTo(42);
    assertThat(key.schema()).isEqualTo(record.keySchema());
  }

  @Test
  void takesTheFieldThatIsCalledSoBeforeOneInAStruct() {
    Schema schema =
        SchemaBuilder.struct()
            .name("orders")
            .field("customer.id", Schema.STRING_SCHEMA)
            .field("customer", CUSTOMER)
            .field("a,b", Schema.STRING_SCHEMA)
            .build();
    Struct value =
        new Struct(schema)
            .put("customer.id", "literal")
            .put("customer", new Struct(CUSTOMER).put("id", 42))
            .put("a,b", "comma");
    assertThat(keyed(value, "customer.id").key()).isEqualTo("literal");
    assertThat(keyed(value, "`customer.id`").key()).isEqualTo("literal");
    assertThat(keyed(value, "`customer`.id").key()).isEqualTo(42);
    Struct key = (Struct) keyed(value, "`customer`.id", "`a,b`").key();
    assertThat(key.get("customer_id")).isEqualTo(42);
    assertThat(key.get("a,b")).isEqualTo("comma");
    assertThatThrownBy(() -> keyed(row(), "`customer.id`")).hasMessageContaining("no such field");
  }

  @Test
  void keyInAMissingStructIsNull() {
    Struct value = row().put("customer", null);
    assertThat(keyed(value, "customer.id").key()).isNull();
    Struct key = (Struct) keyed(value, "id", "customer.id").key();
    key.validate();
    assertThat(key.getInt32("customer_id")).isNull();
  }

  @Test
  void refusesKeyFieldsThatAreNotThereOrNoSingleValue() {
    assertThatThrownBy(() -> keyed(row(), "ID"))
        .hasMessageStartingWith("TM-530 ")
        .hasMessageContaining("field ID of /lake/orders as a key at version 3")
        .hasMessageContaining("no such field");
    assertThatThrownBy(() -> keyed(row(), "country.code")).hasMessageContaining("no such field");
    assertThatThrownBy(() -> keyed(row(), "tags")).hasMessageContaining("ARRAY");
    assertThatThrownBy(() -> keyed(row(), "customer")).hasMessageContaining("STRUCT");
  }

  @Test
  void headersTellVersionTimeAndChange() {
    RowRecord record =
        record(
            new RecordOptions("${table}", List.of(), true, false),
            row(),
            ChangeType.UPDATE_PREIMAGE);
    assertThat(record.headers())
        .extracting(Header::key, Header::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("_delta_version", 3L),
            org.assertj.core.groups.Tuple.tuple("_delta_commit_timestamp", 1234L),
            org.assertj.core.groups.Tuple.tuple("_delta_change_type", "update_preimage"));
  }

  @Test
  void headersCanBeLeftOut() {
    RowRecord record =
        record(new RecordOptions("${table}", List.of(), false, false), row(), ChangeType.INSERT);
    assertThat(record.headers()).isEmpty();
  }

  @Test
  void rowsThatAreGoneBecomeTombstones() {
    RecordOptions options = new RecordOptions("${table}", List.of("id"), true, true);
    for (ChangeType type : ChangeType.values()) {
      RowRecord record = record(options, row(), type);
      boolean gone = type == ChangeType.DELETE || type == ChangeType.UPDATE_PREIMAGE;
      assertThat(record.key()).isEqualTo(7L);
      assertThat(record.value()).isEqualTo(gone ? null : row());
      assertThat(record.valueSchema()).isEqualTo(gone ? null : ROWS);
      assertThat(record.headers().lastWithName("_delta_change_type").value())
          .isEqualTo(type.text());
    }
  }
}
