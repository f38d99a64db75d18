package io.tidemark.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LakeTest {

  @Test
  void hasFilesWhereConnectorsKeepThemInADirectory() {
    Lake lake = Lake.directory(Path.of("/work"));

    assertThat(lake.location("orders")).isEqualTo("/work/orders");
    assertThat(lake.files("orders")).isEqualTo(Path.of("/work/orders"));
    assertThat(lake.connectorKeys()).isEmpty();
  }

  @Test
  void givesConnectorsHadoopsKeysWithTheirPrefix() {
    Lake lake =
        new Lake("s3a://bucket", Path.of("/objects/bucket"), Map.of("fs.s3a.endpoint", "http://a"))
            .with("fs.s3a.path.style.access", "true");

    assertThat(lake.location("orders")).isEqualTo("s3a://bucket/orders");
    assertThat(lake.files("orders")).isEqualTo(Path.of("/objects/bucket/orders"));
    assertThat(lake.connectorKeys())
        .containsExactly(
            Map.entry("hadoop.fs.s3a.endpoint", "http://a"),
            Map.entry("hadoop.fs.s3a.path.style.access", "true"));
  }
}
