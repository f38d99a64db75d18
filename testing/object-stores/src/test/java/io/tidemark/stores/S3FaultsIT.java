package io.tidemark.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.MaintainedStorage;
import io.tidemark.storage.Storages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of requests to S3 that go wrong, and how many requests there are. */
class S3FaultsIT {

  /** The ways to write a file. */
  enum Write {
    CREATE,
    REPLACE
  }

  private static final ErrorAnswer PRECONDITION_FAILED = new ErrorAnswer(412, "PreconditionFailed");
  private static final String LOCATION = "s3a://" + TestStores.BUCKET + "/faults";
  private static final byte[] CONTENT = bytes("content ".repeat(2000));
  private static final byte[] OTHER = bytes("other");

  private static RequestProxy proxy;
  private static HadoopFileSystems fileSystems;
  private static MaintainedStorage storage;

  private String file;

  @BeforeAll
  static void open() {
    proxy = RequestProxy.start(TestStores.s3().endpoint());
    fileSystems = new HadoopFileSystems(TestStores.s3Properties(proxy.endpoint()));
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
    List<StoreRequest> requests = proxy.requests();
    proxy.reset();
    assertThat(requests)
        .as("no marker of a directory")
        .noneMatch(request -> request.kind() == RequestKind.PUT && request.path().endsWith("/"));
  }

  @ParameterizedTest
  @CsvSource({"CREATE, 1", "CREATE, 2", "REPLACE, 1", "REPLACE, 2"})
  void succeedsWhenAnswersAreLost(Write way, int answers) throws Exception {
    FaultRule fault = proxy.on(RequestKind.PUT, file).times(answers).swallowAnswer();

    write(way);

    assertThat(fault.struck()).isEqualTo(answers);
    assertThat(counts(RequestKind.PUT)).isEqualTo(answers + 1);
    assertStored();
  }

  @Test
  void createsOnceWhenAnswersForALocalFileAreLost() throws Exception {
    java.nio.file.Path source = TestStores.directory("source").resolve("content");
    java.nio.file.Files.write(source, CONTENT);
    proxy.on(RequestKind.PUT, file).swallowAnswer();

    assertThat(storage.createIfAbsent(file, source)).isTrue();

    assertStored();
  }

  @Test
  void losesAgainstAnotherWriterWhenAnswersAreLost() throws Exception {
    storage.createIfAbsent(file, CONTENT);
    FaultRule fault = proxy.on(RequestKind.PUT, file).times(2).swallowAnswer();

    assertThat(storage.createIfAbsent(file, OTHER)).isFalse();

    assertThat(fault.struck()).isEqualTo(2);
    assertStored();
  }

  @Test
  void losesAgainstAnObjectOfAForeignWriter() throws Exception {
    S3Server server = TestStores.s3();
    Http.put(server.presigned(server.endpoint(), "PUT", "faults/" + file), "foreign");

    assertThat(storage.createIfAbsent(file, CONTENT)).isFalse();

    assertThat(storage.read(file)).hasValue(bytes("foreign"));
  }

  @Test
  void createsAfterConflicts() throws Exception {
    FaultRule fault =
        proxy.on(RequestKind.PUT, file).times(2).answer(ErrorAnswer.CONDITIONAL_REQUEST_CONFLICT);

    write(Write.CREATE);

    assertThat(fault.struck()).isEqualTo(2);
    assertStored();
  }

  @Test
  void failsWhenConflictsDoNotEnd() {
    FaultRule fault =
        proxy
            .on(RequestKind.PUT, file)
            .times(1000)
            .answer(ErrorAnswer.CONDITIONAL_REQUEST_CONFLICT);

    assertThatThrownBy(() -> write(Write.CREATE)).isInstanceOf(IOException.class);

    assertThat(fault.struck()).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource
  void succeedsWhenTheStoreIsBusyForAWhile(Write way) throws Exception {
    FaultRule fault = proxy.on(RequestKind.PUT, file).times(2).answer(ErrorAnswer.SLOW_DOWN);

    write(way);

    assertThat(fault.struck()).isEqualTo(2);
    assertStored();
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE, 403, AccessDenied",
    "REPLACE, 403, AccessDenied",
    "CREATE, 400, ExpiredToken",
    "REPLACE, 400, ExpiredToken"
  })
  void failsAtOnceWhenRetriesCannotHelp(Write way, int status, String code) throws Exception {
    FaultRule fault =
        proxy.on(RequestKind.PUT, file).times(1000).answer(new ErrorAnswer(status, code));

    assertThatThrownBy(() -> write(way))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file)
        .hasMessageContaining(code);

    assertThat(fault.struck()).isEqualTo(1);
    assertThat(storage.read(file)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void waitsForASlowAnswer(Write way) throws Exception {
    FaultRule fault = proxy.on(RequestKind.PUT, file).holdAnswer(inThreeSeconds());

    write(way);

    assertThat(fault.struck()).isEqualTo(1);
    assertThat(counts(RequestKind.PUT)).isEqualTo(1);
    assertStored();
  }

  @Test
  void doesNotKnowTheOutcomeWhenTheTakenNameIsFree() throws Exception {
    proxy.on(RequestKind.PUT, file).answer(PRECONDITION_FAILED);

    assertThatThrownBy(() -> write(Write.CREATE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file)
        .hasMessageContaining("not there any more");

    assertThat(storage.read(file)).isEmpty();
  }

  @Test
  void doesNotKnowTheOutcomeWhenTheOwnerOfANameCannotBeRead() throws Exception {
    storage.createIfAbsent(file, OTHER);
    proxy.on(RequestKind.HEAD, file).times(1000).answer(ErrorAnswer.ACCESS_DENIED);

    assertThatThrownBy(() -> write(Write.CREATE)).isInstanceOf(IOException.class);
  }

  @Test
  void failsToReplaceWhenTheStoreRefuses() throws Exception {
    proxy.on(RequestKind.PUT, file).answer(PRECONDITION_FAILED);
    proxy.on(RequestKind.PUT, file).answer(ErrorAnswer.CONDITIONAL_REQUEST_CONFLICT);

    assertThatThrownBy(() -> write(Write.REPLACE)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> write(Write.REPLACE)).isInstanceOf(IOException.class);
    write(Write.REPLACE);

    assertStored();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void neverReadsAPartOfAFile(int answers) throws Exception {
    storage.createIfAbsent(file, CONTENT);
    FaultRule fault = proxy.on(RequestKind.GET, file).times(answers).truncateAnswer(1000);

    try {
      assertThat(storage.read(file)).hasValue(CONTENT);
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("Premature end");
    }
    assertThat(fault.struck()).isPositive();

    proxy.reset();
    assertThat(storage.read(file)).hasValue(CONTENT);
  }

  @Test
  void listsAllFilesWhenTheAnswerBreaksOff() throws Exception {
    storage.createIfAbsent(file, CONTENT);
    FaultRule fault = proxy.on(RequestKind.LIST, directory()).truncateAnswer(200);

    assertThat(storage.list(directory())).hasSize(1);

    assertThat(fault.struck()).isEqualTo(1);
  }

  @Test
  void deletesWhenTheAnswerIsLost() throws Exception {
    storage.createIfAbsent(file, CONTENT);
    FaultRule fault = proxy.on(RequestKind.DELETE, file).swallowAnswer();

    storage.delete(file);

    assertThat(fault.struck()).isEqualTo(1);
    assertThat(storage.read(file)).isEmpty();
  }

  @Test
  void takesAsFewRequestsAsItCan() throws Exception {
    assertThat(after(() -> assertThat(storage.createIfAbsent(file, CONTENT)).isTrue()))
        .isEqualTo(Map.of(RequestKind.PUT, 1));
    assertThat(after(() -> assertThat(storage.createIfAbsent(file, CONTENT)).isFalse()))
        .isEqualTo(Map.of(RequestKind.PUT, 1, RequestKind.HEAD, 1));
    assertThat(after(() -> assertThat(storage.list(directory())).hasSize(1)))
        .isEqualTo(Map.of(RequestKind.LIST, 1));
    // The listing has shown its length; the second time it is looked up.
    assertThat(after(() -> assertThat(storage.read(file)).hasValue(CONTENT)))
        .isEqualTo(Map.of(RequestKind.GET, 1));
    assertThat(after(() -> assertThat(storage.read(file)).hasValue(CONTENT)))
        .isEqualTo(Map.of(RequestKind.HEAD, 1, RequestKind.GET, 1));
    assertThat(after(() -> write(Write.REPLACE))).isEqualTo(Map.of(RequestKind.PUT, 1));
    assertThat(after(() -> storage.delete(file))).isEqualTo(Map.of(RequestKind.DELETE, 1));
    assertThat(after(() -> storage.delete(file))).isEqualTo(Map.of(RequestKind.DELETE, 1));
    assertThat(after(() -> Storages.open(LOCATION + "/more", fileSystems))).isEmpty();
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

  private void write(Write way) throws IOException {
    Path path = new Path(LOCATION, file);
    if (way == Write.REPLACE) {
      fileSystems.wholeFiles(path).replace(path, CONTENT);
    } else {
      assertThat(storage.createIfAbsent(file, CONTENT)).isTrue();
    }
  }

  /** There is one object in the directory of the test, and it has the content. */
  private void assertStored() throws Exception {
    S3Server server = TestStores.s3();
    String key = "faults/" + file;
    String stored = Http.send("GET", server.presigned(server.endpoint(), "GET", key)).body();
    assertThat(bytes(stored)).isEqualTo(CONTENT);
    String names = Http.send("GET", server.presignedList(server.endpoint(), key)).body();
    assertThat(names.split("<Key>", -1)).hasSize(2);
  }

  private int counts(RequestKind kind) {
    return proxy.counts("/" + TestStores.BUCKET + "/faults/" + file).getOrDefault(kind, 0);
  }

  private String directory() {
    return file.substring(0, file.indexOf('/'));
  }

  private static CompletableFuture<Void> inThreeSeconds() {
    return new CompletableFuture<Void>().completeOnTimeout(null, 3, TimeUnit.SECONDS);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
