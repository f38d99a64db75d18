package io.tidemark.sink.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import io.tidemark.windows.close.ResultRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class LetterBoxTest {

  private final TidemarkException reason = new TidemarkException("TM-440", "does not fit", null);
  private static final Struct ROW =
      new Struct(SchemaBuilder.struct().field("n", Schema.INT64_SCHEMA).build()).put("n", 5L);
  private static final ResultRecord RECORD =
      new ResultRecord(
          "revenue", "sums", new ResultRow(0, 60_000_000, 26, ROW, Optional.empty()), 3);

  private final LetterBox box = new LetterBox();
  private final List<SinkRecord> sent = new ArrayList<>();

  @Test
  void isDoneWhenConnectHasTheReportAndHasAcknowledgedIt() throws Exception {
    Future<Void> letter = box.report(RECORD, reason);
    assertThat(letter.isDone()).isFalse();
    assertThatThrownBy(() -> letter.get(1, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    CompletableFuture<Void> report = new CompletableFuture<>();
    box.deliver((record, why) -> report);
    assertThat(letter.isDone()).isFalse();
    report.complete(null);
    assertThat(letter.isDone()).isTrue();
    letter.get(0, TimeUnit.MILLISECONDS);
  }

  @Test
  void tellsWhatTheRowIsAndWhyItIsNone() {
    Future<Void> letter = box.report(RECORD, reason);
    box.deliver(
        (record, why) -> {
          sent.add(record);
          return CompletableFuture.completedFuture(null);
        });
    assertThat(letter).isDone();
    SinkRecord record = sent.get(0);
    assertThat(record.topic()).isEqualTo("sums");
    assertThat(record.value()).isEqualTo(ROW);
    assertThat(record.timestamp()).as("as Connect has it for none").isEqualTo(-1);
    assertThat(record.headers())
        .extracting(Header::key, Header::value)
        .map(Object::toString)
        .containsExactly(
            "(\"tidemark.window.operator\", \"revenue\")",
            "(\"tidemark.window.start\", \"1970-01-01T00:00:00Z\")",
            "(\"tidemark.window.end\", \"1970-01-01T00:01:00Z\")",
            "(\"tidemark.error.code\", \"TM-440\")",
            "(\"tidemark.error.message\", \"TM-440 does not fit\")");
  }

  /** ByteArrayConverter takes bytes alone, and the row must still arrive. */
  @Test
  void givesTheRowInAFormThatTheConverterTakes() {
    Future<Void> letter = box.report(RECORD, reason);
    box.deliver(
        (record, why) -> {
          if (record.valueSchema().type() != Schema.Type.BYTES) {
            throw new DataException("no bytes");
          }
          sent.add(record);
          return CompletableFuture.completedFuture(null);
        });
    assertThat(letter).isDone();
    assertThat(new String((byte[]) sent.get(0).value(), StandardCharsets.UTF_8))
        .isEqualTo("{\"n\":5}");
  }

  @Test
  void failsWhenNoFormIsTaken() {
    Future<Void> letter = box.report(RECORD, reason);
    box.deliver(
        (record, why) -> {
          throw new DataException("nothing");
        });
    assertThat(letter).isDone();
    assertThatThrownBy(letter::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseInstanceOf(DataException.class);
  }
}
