package io.tidemark.delta.read;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeltaQueryLogsTest {

  @Test
  void saysOfAHostThatNobodyKnowsThatItCannotBeReached() {
    assertThatThrownBy(
            () ->
                new DeltaQueryLogs(new HadoopFileSystems(Map.of()))
                    .open("hdfs://name.invalid/lake/orders"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("hdfs://name.invalid/lake/orders")
        .hasMessageContaining("UnknownHostException: name.invalid");
  }
}
