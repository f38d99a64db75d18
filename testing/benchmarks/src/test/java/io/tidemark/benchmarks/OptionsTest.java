package io.tidemark.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.ParameterException;

class OptionsTest {

  @Test
  void measuresWhatIsAskedForInAFixedOrder() {
    assertThat(Options.parse("windows", "sink").suites())
        .containsExactly(Suite.SINK, Suite.WINDOWS);
    assertThat(Options.parse("all").suites()).containsExactly(Suite.values());
  }

  @Test
  void readsLists() {
    Options options = Options.parse("scale", "--tasks", "1,2,4,8", "--versions=100,1000,3000");

    assertThat(options.tasks).containsExactly(1, 2, 4, 8);
    assertThat(options.versions).containsExactly(100, 1000, 3000);
  }

  @Test
  void refusesWhatItCannotMeasureWithTheWordsThatItKnows() {
    assertThatThrownBy(() -> Options.parse("sinks"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("\"sinks\" is nothing to measure")
        .hasMessageContaining("latency");
    assertThatThrownBy(Options::parse).isInstanceOf(ParameterException.class);
    assertThatThrownBy(() -> Options.parse("sink", "--records", "9"))
        .hasMessageContaining("--records takes a number from 10000");
    assertThatThrownBy(() -> Options.parse("scale", "--tasks", "1,9"))
        .hasMessageContaining("--tasks takes a number from 1 to 8");
  }
}
