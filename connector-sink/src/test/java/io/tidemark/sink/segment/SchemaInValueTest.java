package io.tidemark.sink.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.DataFile;
import io.tidemark.sink.file.FileOwner;
import io.tidemark.sink.file.RecordWriter;
import io.tidemark.sink.file.RowGate;
import io.tidemark.sink.file.SessionTables;
import io.tidemark.sink.record.Rejects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON with schemas, read by a converter that takes it for plain JSON. */
class SchemaInValueTest {

  private static final Map<String, Object> SCHEMA =
      Map.of("type", "struct", "fields", List.of(Map.of("field", "id", "type", "int32")));

  private final List<Object> written = new ArrayList<>();
  private final List<String> reported = new ArrayList<>();

  @Test
  void refusesItWithTheRemedyBeforeItIsAColumn() {
    assertThatThrownBy(() -> writer(false).write(rows(envelope()), 0))
        .hasMessageContainingAll(
            "TM-109", "orders-0@0", "Set value.converter.schemas.enable=true", "dead letter queue")
        .hasMessageNotContaining("secret");
    assertThat(written).isEmpty();
  }

  @Test
  void reportsItAndKeepsTheOthersWhileErrorsAreTolerated() throws IOException {
    Map<String, Integer> fine = Map.of("id", 1);
    writer(true).write(rows(fine, envelope(), fine), 0);
    assertThat(written).containsExactly(fine, fine);
    assertThat(reported).singleElement().asString().contains("TM-109");
  }

  @ParameterizedTest
  @ValueSource(strings = {"struct", "map", "array", "string", "int64", "bytes"})
  void knowsEveryTypeThatTheConverterWrites(String type) {
    Map<String, Object> value = envelope();
    value.put("schema", Map.of("type", type, "optional", false));
    assertThatThrownBy(() -> writer(false).write(rows(value), 0)).hasMessageContaining("TM-109");
    value.put("payload", null);
    assertThatThrownBy(() -> writer(false).write(rows(value), 0)).hasMessageContaining("TM-109");
  }

  @Test
  void takesRecordsThatOnlyHaveFieldsOfTheseNames() {
    Map<String, Object> more = envelope();
    more.put("id", 1);
    Map<String, Object> text = envelope();
    text.put("schema", "public");
    Map<String, Object> typeless = envelope();
    typeless.put("schema", Map.of("name", "public"));
    Map<String, Object> other = envelope();
    other.put("schema", Map.of("type", "postgres"));
    assertThatCode(() -> writer(false).write(rows(more, text, typeless, other, Map.of()), 0))
        .doesNotThrowAnyException();
    assertThat(written).hasSize(5);
  }

  private static Map<String, Object> envelope() {
    return new HashMap<>(Map.of("schema", SCHEMA, "payload", Map.of("id", "secret")));
  }

  private static Delivery rows(Object... values) {
    return Delivery.of(records(values));
  }

  private static List<SinkRecord> records(Object... values) {
    return Arrays.stream(values)
        .map(value -> new SinkRecord("orders", 0, null, null, null, value, 0))
        .toList();
  }

  private SegmentWriter writer(boolean tolerant) {
    Rejects rejects =
        new Rejects(
            Optional.of(
                (record, reason) -> {
                  reported.add(reason.getMessage());
                  return CompletableFuture.completedFuture(null);
                }),
            tolerant);
    return new SegmentWriter(
        new Rows(), new SessionTables((session, table) -> {}), List.of(), rejects);
  }

  /** Keeps values. */
  private final class Rows implements RecordWriter {
    @Override
    public void begin(FileOwner owner) {}

    @Override
    public void write(Collection<SinkRecord> records, RowGate gate) {
      records.forEach(record -> written.add(record.value()));
    }

    @Override
    public void copy(DataFile source, BitSet dropped) {}

    @Override
    public List<DataFile> finish() {
      return List.of();
    }

    @Override
    public void abort() {}

    @Override
    public long rows() {
      return 0;
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public Map<String, String> tableIds() {
      return Map.of();
    }
  }
}
