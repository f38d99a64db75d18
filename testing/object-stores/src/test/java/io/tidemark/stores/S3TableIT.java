package io.tidemark.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.cluster.JavaProcess;
import io.tidemark.delta.table.DeltaTables;
import io.tidemark.delta.table.Table;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.MaintainedStorage;
import io.tidemark.storage.Storages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Delta tables on S3: what a commit asks of the store, and writers that commit at once. */
class S3TableIT {

  private static final int BATCHES = 100;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Pattern TRANSACTION =
      Pattern.compile("\\{\"txn\":\\{\"appId\":\"(\\w+)\",\"version\":(\\d+)");

  @Test
  void keepsEachCommitOfTwoProcesses() throws Exception {
    Map<String, String> properties = TestStores.s3Properties();
    Path file =
        Contestant.write(TestStores.directory("writers").resolve("hadoop.properties"), properties);
    String location = TestStores.s3Location("s3a", "two-writers");

    try (JavaProcess a = TableWriter.start(file, location, "a", BATCHES);
        JavaProcess b = TableWriter.start(file, location, "b", BATCHES)) {
      assertThat(List.of(a.exitCode(LIMIT), b.exitCode(LIMIT)))
          .as("see the logs in %s", file.getParent())
          .containsOnly(0);
    }

    try (HadoopFileSystems fileSystems = new HadoopFileSystems(properties)) {
      Table table = new DeltaTables(fileSystems, "Tidemark/test").open(location).orElseThrow();
      assertThat(table.lastTransaction("a")).isEqualTo(OptionalLong.of(BATCHES - 1));
      assertThat(table.lastTransaction("b")).isEqualTo(OptionalLong.of(BATCHES - 1));
      MaintainedStorage log = Storages.open(location + "/_delta_log", fileSystems);
      assertThat(log.list("").stream().filter(name -> name.endsWith(".json")))
          .containsExactlyInAnyOrderElementsOf(versions(2 * BATCHES));
      assertThat(transactions(log))
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, BATCHES)
                  .boxed()
                  .flatMap(batch -> List.of("a " + batch, "b " + batch).stream())
                  .toList());
    }
  }

  private static List<String> versions(int newest) {
    return IntStream.rangeClosed(0, newest)
        .mapToObj(version -> String.format("%020d.json", version))
        .toList();
  }

  /** The batches that all commits name. */
  private static List<String> transactions(MaintainedStorage log) throws Exception {
    List<String> found = new ArrayList<>();
    for (String version : versions(2 * BATCHES)) {
      String commit = new String(log.read(version).orElseThrow(), StandardCharsets.UTF_8);
      Matcher transaction = TRANSACTION.matcher(commit);
      while (transaction.find()) {
        found.add(transaction.group(1) + " " + transaction.group(2));
      }
    }
    return found;
  }

  @Test
  void commitsWithOneExclusivePut() throws Exception {
    try (RequestProxy proxy = RequestProxy.start(TestStores.s3().endpoint());
        HadoopFileSystems fileSystems =
            new HadoopFileSystems(TestStores.s3Properties(proxy.endpoint()))) {
      String location = "s3a://" + TestStores.BUCKET + "/tables/counted";
      Table table = TableWriter.open(fileSystems, location);
      TableWriter.commit(table, "a", 0);

      proxy.reset();
      TableWriter.commit(table, "a", 1);

      String commit = "/" + TestStores.BUCKET + "/tables/counted/_delta_log/" + versions(2).get(2);
      assertThat(proxy.requests())
          .filteredOn(request -> request.kind() == RequestKind.PUT)
          .filteredOn(request -> request.path().endsWith(".json"))
          .containsExactly(new StoreRequest(RequestKind.PUT, commit, true));
      // Besides the commit its checksum; the previous commit is still there, and no newer one.
      assertThat(proxy.counts())
          .isEqualTo(
              Map.of(
                  RequestKind.PUT, 2,
                  RequestKind.HEAD, 1,
                  RequestKind.GET, 1));
    }
  }

  @Test
  void commitsOnceWhenTheAnswerIsLost() throws Exception {
    try (RequestProxy proxy = RequestProxy.start(TestStores.s3().endpoint());
        HadoopFileSystems fileSystems =
            new HadoopFileSystems(TestStores.s3Properties(proxy.endpoint()))) {
      String location = "s3a://" + TestStores.BUCKET + "/tables/lost";
      Table table = TableWriter.open(fileSystems, location);
      FaultRule fault =
          proxy.on(RequestKind.PUT, "/_delta_log/" + versions(1).get(1)).swallowAnswer();

      TableWriter.commit(table, "a", 0);
      TableWriter.commit(table, "a", 1);

      assertThat(fault.struck()).isEqualTo(1);
      MaintainedStorage log = Storages.open(location + "/_delta_log", fileSystems);
      assertThat(log.list("").stream().filter(name -> name.endsWith(".json")))
          .containsExactlyInAnyOrderElementsOf(versions(2));
    }
  }
}
