package io.tidemark.windows.close;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.config.WindowSpec;
import io.tidemark.windows.fake.Records;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GroupReaderTest {

  private final Aggregation aggregation =
      Aggregations.of(WindowSpec.tumbling(1_000), "g.h,k", "n=count(*), s=sum(a)");
  private final GroupReader reader = new GroupReader(aggregation);
  private final ShownTypes types = new ShownTypes(aggregation);
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void listenNoMore() {
    System.setErr(err);
  }

  private void read(Object... fields) {
    Map<String, Object> value = new HashMap<>(Map.of("at", 5L));
    for (int i = 0; i < fields.length; i += 2) {
      value.put((String) fields[i], fields[i + 1]);
    }
    reader.read(Records.of(value), types);
  }

  private String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tellsOnceOfFieldsThatNoRecordHas() {
    read("k", null);
    read("k", "x", "g.H", "x");
    reader.tellOfMissing(3, Set.of());
    assertThat(log()).as("too few to judge by").isEmpty();
    reader.tellOfMissing(2, Set.of());
    assertThat(log())
        .contains(
            "TM-408 None of the first 2 records that revenue has read has a field g.h, or a, so");
    log.reset();
    reader.tellOfMissing(2, Set.of());
    assertThat(log()).isEmpty();
  }

  @Test
  void tellsNothingOfFieldsThatAreThereOrHaveBeenThere() {
    read("g.h", null, "k", null);
    reader.tellOfMissing(1, Set.of("a"));
    assertThat(log()).isEmpty();
  }
}
