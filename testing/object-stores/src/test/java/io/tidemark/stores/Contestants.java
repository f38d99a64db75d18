package io.tidemark.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Two processes that try to create the same files, in step. They end with this process. */
record Contestants(Contestant first, Contestant second) {

  private static Contestants shared;

  /** One pair for all tests of a JVM: a process that opens S3 for the first time takes seconds. */
  static synchronized Contestants shared() {
    if (shared == null) {
      Path logs = TestStores.directory("contestants");
      shared = new Contestants(Contestant.start(logs, "first"), Contestant.start(logs, "second"));
    }
    return shared;
  }

  /** Lets both create a file, and fails unless exactly one has. */
  Contestant winner(Path properties, String location, String file) throws IOException {
    first.create(properties, location, file);
    second.create(properties, location, file);
    String firstAnswer = first.answer();
    String secondAnswer = second.answer();
    assertThat(List.of(firstAnswer, secondAnswer))
        .as(file)
        .containsExactlyInAnyOrder("true", "false");
    return firstAnswer.equals("true") ? first : second;
  }
}
