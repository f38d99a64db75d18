package io.tidemark.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import io.tidemark.connector.Version;
import io.tidemark.expressions.SchemaCache;
import io.tidemark.windows.OperatorScope;
import java.math.BigDecimal;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.apache.kafka.connect.transforms.predicates.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where, Select and WithColumn as Connect handles them. */
@SuppressWarnings("JavaUtilDate") // Connect hands its logical types over as Date
class ExpressionTransformsTest {

  private static final Schema ORDER =
      SchemaBuilder.struct()
          .name("Order")
          .version(3)
          .field("id", Schema.INT64_SCHEMA)
          .field("price", Decimal.builder(2).parameter("connect.decimal.precision", "9").build())
          .field("quantity", Schema.OPTIONAL_INT32_SCHEMA)
          .field("at", Timestamp.SCHEMA)
          .build();

  private static Struct order() {
    return new Struct(ORDER)
        .put("id", 1L)
        .put("price", new BigDecimal("2.50"))
        .put("quantity", 4)
        .put("at", new Date(1500));
  }

  @Test
  void aTaskOfOursHearsOfEachRecordThatWhereDrops() {
    AtomicInteger dropped = new AtomicInteger();
    OperatorScope.bind(
        new OperatorScope() {
          @Override
          public boolean absorb(Map<String, String> configuration, SinkRecord record) {
            return false;
          }

          @Override
          public void dropped() {
            dropped.incrementAndGet();
          }
        });
    try (Where<SinkRecord> where = new Where<>()) {
      where.configure(Map.of("condition", "quantity > 4"));
      assertThat(where.apply(record(true))).isNull();
      assertThat(where.apply(record(false))).isNull();
    } finally {
      OperatorScope.unbind();
    }
    assertThat(dropped).hasValue(2);
  }

  private static SinkRecord record(boolean withSchema) {
    Object value =
        withSchema ? order() : new HashMap<>(Map.of("id", 1L, "price", 2.5, "quantity", 4L));
    return record(withSchema ? ORDER : null, value);
  }

  private static SinkRecord record(Schema schema, Object value) {
    SinkRecord record =
        new SinkRecord(
            "orders",
            3,
            Schema.STRING_SCHEMA,
            "k",
            schema,
            value,
            41L,
            1_500L,
            TimestampType.CREATE_TIME);
    record.headers().addString("trace", "x");
    return record;
  }

  private static <T extends Transformation<SinkRecord>> T configured(
      T transformation, String key, String text) {
    transformation.configure(Map.of(key, text));
    return transformation;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsRecordsForWhichTheConditionIsTrue(boolean withSchema) {
    SinkRecord record = record(withSchema);
    assertThat(configured(new Where<>(), "condition", "quantity > 3 AND _key = 'k'").apply(record))
        .isSameAs(record);
    assertThat(configured(new Where<>(), "condition", "quantity > 4").apply(record)).isNull();
    assertThat(configured(new Where<>(), "condition", "NULL").apply(record)).isNull();
    WherePredicate<SinkRecord> predicate = new WherePredicate<>();
    predicate.configure(Map.of("condition", "price = 2.5"));
    assertThat(predicate.test(record)).isTrue();
  }

  @Test
  void readsTheKeyWhenAskedTo() {
    SinkRecord record = new SinkRecord("orders", 0, ORDER, order(), null, null, 0);
    assertThat(configured(new Where.Key<>(), "condition", "id = 1").apply(record)).isNotNull();
    assertThat(configured(new Where.Key<>(), "condition", "id = 2").apply(record)).isNull();
    SinkRecord selected = configured(new Select.Key<>(), "columns", "id").apply(record);
    assertThat(((Struct) selected.key()).schema().fields()).hasSize(1);
  }

  @Test
  void aTombstoneHasNoFieldsAndPassesWhatComputesColumns() {
    SinkRecord tombstone = record(null, null);
    assertThat(configured(new Where<>(), "condition", "id = 1").apply(tombstone)).isNull();
    assertThat(configured(new Where<>(), "condition", "_topic = 'orders'").apply(tombstone))
        .isSameAs(tombstone);
    assertThat(configured(new Select<>(), "columns", "id").apply(tombstone)).isSameAs(tombstone);
  }

  @Test
  void selectsColumnsWithTheirSchemas() {
    Select<SinkRecord> select =
        configured(
            new Select<>(), "columns", "id AS order_id, price * quantity AS total, at, _offset");
    SinkRecord result = select.apply(record(true));
    Struct value = (Struct) result.value();
    assertThat(value.get("order_id")).isEqualTo(1L);
    assertThat(value.get("total")).isEqualTo(new BigDecimal("10.00"));
    assertThat(value.get("at")).isEqualTo(new Date(1500));
    assertThat(value.get("_offset")).isEqualTo(41L);
    assertThat(value.schema().name()).isEqualTo("Order");
    assertThat(value.schema().field("total").schema().parameters())
        .containsEntry("scale", "2")
        .containsEntry("connect.decimal.precision", "20");
    assertThat(value.schema().field("at").schema().name()).isEqualTo(Timestamp.LOGICAL_NAME);
    assertThat(result.keySchema()).isSameAs(Schema.STRING_SCHEMA);
    assertThat(result.headers()).hasSize(1);
    assertThat(result.timestamp()).isEqualTo(1_500L);
    value.validate();
    assertThat(((Struct) select.apply(record(true)).value()).schema()).isSameAs(value.schema());
  }

  @Test
  void addsAndReplacesColumnsInTheirPlaces() {
    WithColumn<SinkRecord> with =
        configured(
            new WithColumn<>(),
            "columns",
            "quantity = quantity + 1, half = quantity / 2, day = CAST(at AS date)");
    Struct value = (Struct) with.apply(record(true)).value();
    assertThat(value.schema().fields().stream().map(org.apache.kafka.connect.data.Field::name))
        .containsExactly("id", "price", "quantity", "at", "half", "day");
    assertThat(value.get("quantity")).isEqualTo(5);
    assertThat(value.get("half")).isEqualTo(2.0);
    assertThat(value.get("day")).isEqualTo(new Date(0));
    value.validate();
    assertThat(with.apply(record(null, new HashMap<>(Map.of("quantity", 3L)))).value())
        .hasToString("{quantity=4, half=1.5, day=null}");
  }

  @Test
  void aStarStandsForAllFields() {
    Select<SinkRecord> select = configured(new Select<>(), "columns", "*, upper(_topic) AS topic");
    assertThat(((Struct) select.apply(record(true)).value()).schema().fields()).hasSize(5);
    assertThat(select.apply(record(null, Map.of("a", 1L))).value())
        .isEqualTo(Map.of("a", 1L, "topic", "ORDERS"));
    Select<SinkRecord> twice = configured(new Select<>(), "columns", "*, 1 AS id");
    assertThatThrownBy(() -> twice.apply(record(true))).hasMessageContaining("TM-473");
  }

  @Test
  void namesTheRecordAndThePlaceButNoValue() {
    Where<SinkRecord> where = configured(new Where<>(), "condition", "1 / (id - 1) > 1");
    assertThatThrownBy(() -> where.apply(record(true)))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("TM-470 Cannot compute condition of orders-3@41: at character 3")
        .hasMessageContaining("division by zero");
    Where<SinkRecord> other = configured(new Where<>(), "condition", "nothing = 1");
    assertThatThrownBy(() -> other.apply(record(true))).hasMessageContaining("TM-471");
    assertThatThrownBy(() -> other.apply(record(null, "text"))).hasMessageContaining("TM-472");
    WithColumn<SinkRecord> finer =
        configured(new WithColumn<>(), "columns", "at = timestamp_micros(1)");
    assertThatThrownBy(() -> finer.apply(record(true))).hasMessageContaining("millisecond");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a =", "upper(a, b)", "a AND 1", "a RLIKE '('", "1 + 1"})
  void refusesAWrongConditionAtItsKey(String condition) {
    Where<SinkRecord> where = new Where<>();
    assertThatThrownBy(() -> where.configure(Map.of("condition", condition)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("condition")
        .hasMessageContaining("at character");
    assertThat(where.config().validate(Map.of("condition", condition)).get(0).errorMessages())
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a + 1", "a, b AS a", "a AS", ""})
  void refusesAWrongListOfColumnsAtItsKey(String columns) {
    Select<SinkRecord> select = new Select<>();
    assertThatThrownBy(() -> select.configure(Map.of("columns", columns)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("columns");
  }

  @Test
  void remembersABoundedNumberOfSchemas() {
    SchemaCache<Integer> cache = new SchemaCache<>();
    for (int i = 0; i < 1_000; i++) {
      Schema schema = SchemaBuilder.struct().version(i).build();
      int number = i;
      assertThat(cache.of(schema, null, pair -> number)).isEqualTo(i);
      assertThat(cache.of(SchemaBuilder.struct().version(i).build(), null, pair -> -1))
          .isEqualTo(i);
    }
    assertThat(cache.size()).isEqualTo(64);
  }

  @Test
  void worksInFrontOfASourceToo() {
    Where<SourceRecord> where = new Where<>();
    where.configure(Map.of("condition", "_offset IS NULL AND a = 1"));
    SourceRecord record = new SourceRecord(Map.of(), Map.of(), "t", null, Map.of("a", 1L));
    assertThat(where.apply(record)).isSameAs(record);
  }

  @Test
  void connectFindsThemAllWithAVersion() {
    assertThat(ServiceLoader.load(Transformation.class))
        .extracting(plugin -> plugin.getClass().getSimpleName())
        .filteredOn(name -> !name.equals("WindowedAggregate"))
        .containsExactly("DropDuplicates", "Where", "Key", "Select", "Key", "WithColumn", "Key");
    assertThat(ServiceLoader.load(Predicate.class)).hasSize(2);
    assertThat(List.of(new Where<>().version(), new WherePredicate<>().version()))
        .containsOnly(Version.TEXT);
    assertThat(new Select<>().version()).isEqualTo(Version.TEXT);
  }
}
