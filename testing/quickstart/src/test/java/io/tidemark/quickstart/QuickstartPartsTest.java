package io.tidemark.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.quickstart.History.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartPartsTest {

  @Test
  void readsItsOptions() {
    assertThat(Options.parse().records).isEqualTo(300_000);
    assertThat(Options.parse().keep).isFalse();
    assertThat(Options.parse().s3).isFalse();
    assertThat(Options.parse("--s3").s3).isTrue();
    assertThat(Options.parse("--records", "20000", "--keep").records).isEqualTo(20_000);
    assertThat(Options.parse("--records", "20000", "--keep").keep).isTrue();
    assertThatThrownBy(() -> Options.parse("--record", "5")).hasMessageContaining("'--record'");
    assertThatThrownBy(() -> Options.parse("--records", "5")).hasMessageContaining("10000");
    assertThatThrownBy(() -> Options.parse("--records", "few")).hasMessageContaining("few");
    assertThatThrownBy(() -> Options.parse("--records")).hasMessageContaining("Missing");
  }

  @Test
  void tellsMissingAndDuplicateOrders() {
    OrdersVerdict verdict = new OrdersVerdict(4);
    for (long id : new long[] {0, 1, 1, 3, 9}) {
      verdict.accept(id);
    }
    assertThat(verdict.rows()).isEqualTo(5);
    assertThat(verdict.missing()).isEqualTo(1);
    assertThat(verdict.duplicates()).isEqualTo(2);
    assertThat(verdict.isExactlyOnce()).isFalse();
  }

  @Test
  void findsEveryOrderOnce() {
    OrdersVerdict verdict = new OrdersVerdict(2);
    verdict.accept(1);
    verdict.accept(0);
    assertThat(verdict.isExactlyOnce()).isTrue();
  }

  @Test
  void readsTheHistoryOutOfTheLog(@TempDir Path table) throws IOException {
    Path log = Files.createDirectories(table.resolve("_delta_log"));
    Files.writeString(
        log.resolve("00000000000000000007.json"),
        "{\"commitInfo\":{\"operation\":\"STREAMING UPDATE\",\"operationParameters\":"
            + "{\"epochId\":\"3\"},\"operationMetrics\":{\"numOutputRows\":\"50\"},"
            + "\"userMetadata\":\"{\\\"orders-0\\\":\\\"[0, 50)\\\"}\"}}\n{\"txn\":{}}\n");
    Files.writeString(log.resolve("00000000000000000007.crc"), "{}");
    assertThat(History.read(table))
        .containsExactly(new Version(7, "STREAMING UPDATE", "3", "50", "orders-0 [0, 50)"));
  }

  @Test
  void leavesOutTheMiddleOfALongHistory() {
    List<Version> versions = new ArrayList<>();
    for (int version = 0; version < 40; version++) {
      versions.add(new Version(version, "STREAMING UPDATE", "", "", ""));
    }
    assertThat(History.lines(versions))
        .hasSize(1 + 8 + 1 + 8)
        .anyMatch(line -> line.contains("..."));
    assertThat(History.lines(versions).get(17)).contains("39");
  }
}
