package io.tidemark.checkpoint.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CommitLogTest {

  private final CommitLog commits = new CheckpointLocation(new MapStorage()).commits();

  @Test
  void knowsTheNewestBatchWithoutAListing() throws IOException {
    assertThat(commits.isNewest(-1)).isTrue();
    for (long number = 0; number < 12; number++) {
      commits.create(number, new CommitLog.Entry(0));
    }
    commits.delete(0);
    commits.delete(1);

    for (long number = -1; number < 14; number++) {
      assertThat(commits.isNewest(number)).as("batch %d", number).isEqualTo(number == 11);
    }
  }
}
