package io.tidemark.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.common.TidemarkException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** This module does not have the file system of Google Cloud Storage, like the plugin's zip. */
class AddOnTest {

  private static final String LOCATION = "gs://bucket/checkpoint";

  @Test
  void saysWhichArchiveIsMissing() {
    try (HadoopFileSystems fileSystems = new HadoopFileSystems(Map.of())) {
      assertThatThrownBy(() -> Probe.require(LOCATION, fileSystems))
          .isInstanceOf(TidemarkException.class)
          .hasMessageContaining("TM-710")
          .hasMessageContaining(LOCATION)
          .hasMessageContaining("unpack tidemark-kafka-connect-delta-gcs-");
    }
  }

  @Test
  void saysNothingOfTheArchiveWhenTheUserNamesAnotherClass() {
    try (HadoopFileSystems fileSystems =
        new HadoopFileSystems(Map.of("fs.gs.impl", "org.example.TheirOwn"))) {
      assertThatThrownBy(() -> Storages.open(LOCATION, fileSystems)).hasMessageContaining("TM-700");
    }
  }
}
