package io.tidemark.delta.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OtherWritersTest {

  private static final String SPARK = "Apache-Spark/4.2.0 Delta-Lake/4.3.0";

  @Test
  void namesAnotherProgramThatCommitsToATableOnS3Once() {
    OtherWriters writers = new OtherWriters("s3a://lake/orders");
    assertThat(writers.warning(SPARK))
        .hasValueSatisfying(text -> assertThat(text).contains(SPARK, "s3a://lake/orders"));
    assertThat(writers.warning(SPARK)).isEmpty();
    assertThat(new OtherWriters("s3://lake/orders").warning(null)).isPresent();
  }

  @Test
  void saysNothingOfTidemarkAndOfOtherStores() {
    assertThat(new OtherWriters("s3a://lake/orders").warning("Kernel-4.4.0/Tidemark/0.1.0"))
        .isEmpty();
    assertThat(new OtherWriters("/lake/orders").warning(SPARK)).isEmpty();
    assertThat(new OtherWriters("abfss://c@a.dfs.core.windows.net/orders").warning(SPARK))
        .isEmpty();
  }
}
