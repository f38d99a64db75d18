package io.tidemark.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.cluster.Patience;
import io.tidemark.common.TidemarkException;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.MaintainedStorage;
import io.tidemark.storage.Probe;
import io.tidemark.storage.Storages;
import io.tidemark.storage.StoreFailures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests to Google Cloud Storage that go wrong, and how many there are. */
class GcsFaultsIT {

  private static final ErrorAnswer PRECONDITION_FAILED = new ErrorAnswer(412, "PreconditionFailed");
  private static final ErrorAnswer UNAVAILABLE = new ErrorAnswer(503, "ServiceUnavailable");
  private static final String LOCATION = "gs://" + TestStores.BUCKET + "/faults";
  private static final byte[] CONTENT = bytes("content ".repeat(2000));
  private static final byte[] OTHER = bytes("other");
  private static final Patience PATIENCE = Patience.ofSeconds(30);

  private static RequestProxy proxy;
  private static HadoopFileSystems fileSystems;
  private static MaintainedStorage storage;

  private String file;

  @BeforeAll
  static void open() {
    proxy = RequestProxy.start(TestStores.gcs().endpoint());
    fileSystems = new HadoopFileSystems(TestStores.gcsProperties(proxy.endpoint()));
    storage = Storages.open(LOCATION, fileSystems);
  }

  @AfterAll
  static void close() {
    fileSystems.close();
    proxy.close();
  }

  @BeforeEach
  void nameTheFile(TestInfo test) {
    file = test.getTestMethod().orElseThrow().getName() + "/" + test.getDisplayName().hashCode();
  }

  @AfterEach
  void wroteNoMarkers() {
    proxy.reset();
    assertThat(TestStores.gcs().names()).noneMatch(name -> name.endsWith("/"));
  }

  @ParameterizedTest
  @CsvSource({"POST, 1", "POST, 2", "PUT, 1", "PUT, 2"})
  void createsWhenAnswersAreLost(RequestKind kind, int answers) throws IOException {
    FaultRule fault = proxy.on(kind, uploads(kind)).times(answers).swallowAnswer();

    assertThat(storage.createIfAbsent(file, CONTENT)).isTrue();

    assertThat(fault.struck()).isEqualTo(answers);
    assertStored(CONTENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "GET"})
  void createsWhenTheStoreIsBusyForAWhile(RequestKind kind) throws IOException {
    FaultRule fault = proxy.on(kind, uploads(kind)).times(2).answer(UNAVAILABLE);

    assertThat(storage.createIfAbsent(file, CONTENT)).isTrue();

    assertThat(fault.struck()).isEqualTo(2);
    assertStored(CONTENT);
  }

  /** As a store might that does not know the session of an upload any more. */
  @Test
  void doesNotKnowTheOutcomeWhenItsOwnObjectIsInTheWay() {
    proxy.on(RequestKind.PUT, file).swallowAnswer();
    proxy.on(RequestKind.PUT, file).answer(PRECONDITION_FAILED);

    assertThatThrownBy(() -> storage.createIfAbsent(file, CONTENT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file)
        .hasMessageContaining("unknown who has created it");

    assertStored(CONTENT);
  }

  @Test
  void losesAgainstAnObjectThatIsThere() throws IOException {
    TestStores.gcs().put("faults/" + file, OTHER);

    assertThat(storage.createIfAbsent(file, OTHER)).isFalse();

    assertStored(OTHER);
    assertThat(proxy.counts()).containsOnlyKeys(RequestKind.GET);
  }

  /** The other writer comes after the question whether there is one. */
  @ParameterizedTest
  @ValueSource(strings = {"POST", "GET"})
  void losesAgainstAnotherWriterInBetween(RequestKind kind) throws Exception {
    assertThat(createWhileAnotherDoes(kind, OTHER).get()).isFalse();

    assertStored(OTHER);
  }

  @Test
  void doesNotKnowWhetherAnotherWriterHadTheSameContent() throws Exception {
    Future<Boolean> created = createWhileAnotherDoes(RequestKind.POST, CONTENT);

    assertThatThrownBy(created::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("unknown who has created it");
  }

  /** Holds the answer to a request until another program has written the object. */
  private Future<Boolean> createWhileAnotherDoes(RequestKind kind, byte[] content) {
    CompletableFuture<Void> written = new CompletableFuture<>();
    FaultRule fault = proxy.on(kind, uploads(kind)).holdAnswer(written);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> created = executor.submit(() -> storage.createIfAbsent(file, CONTENT));
      PATIENCE.await("the request is held", () -> fault.struck() == 1);
      PATIENCE.await("it has been carried out", () -> !proxy.counts().isEmpty());
      TestStores.gcs().put("faults/" + file, content);
      return created;
    } finally {
      written.complete(null);
      executor.shutdown();
    }
  }

  @Test
  void doesNotKnowTheOutcomeWhenTheTakenNameIsFree() throws IOException {
    proxy.on(RequestKind.PUT, file).answer(PRECONDITION_FAILED);

    assertThatThrownBy(() -> storage.createIfAbsent(file, CONTENT))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file)
        .hasMessageContaining("not there any more");

    assertThat(storage.read(file)).isEmpty();
  }

  @Test
  void replacesWhatAnotherHasReplacedMeanwhile() throws IOException {
    Path path = new Path(LOCATION, file);
    TestStores.gcs().put("faults/" + file, OTHER);
    proxy.on(RequestKind.PUT, file).answer(PRECONDITION_FAILED);

    fileSystems.wholeFiles(path).replace(path, CONTENT);

    assertStored(CONTENT);
  }

  @Test
  void saysThatItCouldNotDelete() throws IOException {
    storage.createIfAbsent(file, CONTENT);
    proxy.on(RequestKind.DELETE, file).times(1000).answer(ErrorAnswer.ACCESS_DENIED);

    assertThatThrownBy(() -> storage.delete(file)).isInstanceOf(IOException.class);

    assertStored(CONTENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void blamesTheCredentials(int status) {
    proxy
        .on(RequestKind.GET, "refused-" + status)
        .times(1000)
        .answer(new ErrorAnswer(status, "refused"));

    assertThat(lasting(LOCATION + "/refused-" + status))
        .hasValueSatisfying(
            error -> assertThat(error).hasMessageContaining("TM-706").hasMessageContaining("gs:"));
  }

  @Test
  void missesTheBucket() {
    assertThat(lasting("gs://missing/checkpoint"))
        .hasValueSatisfying(
            error -> assertThat(error).hasMessageContainingAll("TM-707", "gs://missing"));
  }

  @Test
  void missesCredentials() {
    try (HadoopFileSystems none =
        new HadoopFileSystems(Map.of("fs.gs.auth.service.account.enable", "false"))) {
      assertThatThrownBy(() -> Storages.open(LOCATION, none))
          .isInstanceOf(TidemarkException.class)
          .hasMessageContainingAll("TM-705", LOCATION, "hadoop.fs.gs.auth.");
    }
  }

  @Test
  void triesAgainWhenTheStoreIsBusy() {
    proxy.on(RequestKind.GET, "busy").times(1000).answer(UNAVAILABLE);

    assertThat(lasting(LOCATION + "/busy")).isEmpty();
  }

  /** What a start makes of the first failure. */
  private static Optional<TidemarkException> lasting(String location) {
    try {
      Probe.require(location, fileSystems);
      throw new AssertionError("nothing failed");
    } catch (IOException e) {
      return StoreFailures.lasting(location, e);
    }
  }

  @Test
  void provesItself() throws IOException {
    Probe.require(LOCATION + "/proof", fileSystems);

    assertThat(TestStores.gcs().names()).noneMatch(name -> name.contains("/proof/"));
  }

  @Test
  void takesAsFewRequestsAsItCan() throws IOException {
    assertThat(after(() -> assertThat(storage.createIfAbsent(file, CONTENT)).isTrue()))
        .isEqualTo(Map.of(RequestKind.GET, 1, RequestKind.POST, 1, RequestKind.PUT, 1));
    assertThat(after(() -> assertThat(storage.createIfAbsent(file, CONTENT)).isFalse()))
        .isEqualTo(Map.of(RequestKind.GET, 1));
    assertThat(after(() -> assertThat(storage.read(file)).hasValue(CONTENT)))
        .isEqualTo(Map.of(RequestKind.GET, 2));
    assertThat(after(() -> assertThat(storage.list(directory())).hasSize(1)))
        .isEqualTo(Map.of(RequestKind.GET, 1, RequestKind.LIST, 1));
    assertThat(after(() -> storage.delete(file)))
        .isEqualTo(Map.of(RequestKind.GET, 1, RequestKind.LIST, 1, RequestKind.DELETE, 1));
  }

  private interface Step {
    void run() throws IOException;
  }

  /** The requests that a step takes. */
  private static Map<RequestKind, Integer> after(Step step) throws IOException {
    proxy.reset();
    step.run();
    return proxy.counts();
  }

  /** What the path of a request that creates the file contains. */
  private String uploads(RequestKind kind) {
    return kind == RequestKind.POST ? "/upload/" : file;
  }

  private String directory() {
    return file.substring(0, file.indexOf('/'));
  }

  private void assertStored(byte[] content) {
    assertThat(TestStores.gcs().content("faults/" + file)).hasValue(content);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
