package io.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {

  @Test
  void readsTheProcessorAndTheMemory() {
    assertThat(Machine.processor(List.of("processor\t: 0", "model name\t: A CPU @ 2.0 GHz")))
        .isEqualTo("A CPU @ 2.0 GHz");
    assertThat(Machine.memoryBytes(List.of("MemTotal:       16384 kB", "MemFree: 1 kB")))
        .isEqualTo(16384L * 1024);
  }

  @Test
  void saysSoWhenLinuxNamesNoProcessor() {
    assertThat(Machine.processor(List.of("processor\t: 0")))
        .isEqualTo("a processor without a name");
    assertThat(Machine.memoryBytes(List.of())).isZero();
  }
}
