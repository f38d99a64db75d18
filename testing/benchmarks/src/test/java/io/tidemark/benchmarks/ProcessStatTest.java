package io.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatTest {

  private static final String AFTER_COMMAND =
      " S 1 4242 4242 0 -1 4194560 81 7 3 2 1234 567 11 12 20 0 43 0 9876543 5 6 7";

  @ParameterizedTest
  @ValueSource(
      strings = {"java", "my java", "a) S 1 2 (b", "((", "))", ") 1 2 3 4 5 6 7 8 9 10 11"})
  void readsTheTimesWhateverTheCommandIsCalled(String command) {
    ProcessStat stat =
        ProcessStat.parse("4242 (" + command + ")" + AFTER_COMMAND + "\n", List.of());

    assertThat(stat.cpuTicks()).isEqualTo(1234 + 567);
  }

  @Test
  void readsThePeakAndNotTheMemoryOfNow() {
    ProcessStat stat =
        ProcessStat.parse(
            "1 (java)" + AFTER_COMMAND,
            List.of("VmPeak:\t 9000000 kB", "VmHWM:\t  123456 kB", "VmRSS:\t  100000 kB"));

    assertThat(stat.peakBytes()).isEqualTo(123456L * 1024);
  }

  @Test
  void readsThisProcess() {
    ProcessStat self = ProcessStat.of(ProcessHandle.current().pid());

    assertThat(self.cpuTicks()).isPositive();
    assertThat(self.peakBytes()).isGreaterThan(1 << 20);
  }

  @Test
  void saysThatItNeedsLinuxWhenThereIsNoSuchFile() {
    assertThatThrownBy(() -> ProcessStat.of(Long.MAX_VALUE))
        .isInstanceOf(TidemarkException.class)
        .hasMessageContaining("TM-981")
        .hasMessageContaining("/proc/9223372036854775807/stat");
  }

  @Test
  void refusesTicksThatTheJvmContradicts() {
    ClockTicks ticks = new ClockTicks(100);

    assertThatCode(() -> ticks.require(10, 10.2)).doesNotThrowAnyException();
    assertThatThrownBy(() -> ticks.require(100, 10)).hasMessageContaining("TM-982");
    assertThatThrownBy(() -> ticks.require(1, 10)).hasMessageContaining("TM-982");
  }

  @Test
  void countsTicksOfThisMachineAsItsJvmDoes() {
    assertThat(ClockTicks.ofThisMachine().perSecond()).isPositive();
    assertThat(new ClockTicks(100).seconds(250)).isEqualTo(2.5);
    assertThat(new ClockTicks(1000).seconds(250)).isEqualTo(0.25);
  }
}
