package io.tidemark.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.MaintainedStorage;
import io.tidemark.storage.Storages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What becomes of requests to Azure Blob Storage that go wrong. A lost answer to the rename is not
 * among them: the client knows its own copy by its source, whose address it compares with one that
 * has the account in the host.
 */
class AzureFaultsIT {

  private static final ErrorAnswer SERVER_BUSY = new ErrorAnswer(503, "ServerBusy");
  private static final byte[] CONTENT = "content ".repeat(2000).getBytes(StandardCharsets.UTF_8);

  private static RequestProxy proxy;
  private static HadoopFileSystems fileSystems;
  private static MaintainedStorage storage;

  @BeforeAll
  static void open() {
    proxy = RequestProxy.start(TestStores.azure().endpoint());
    fileSystems = new HadoopFileSystems(TestStores.azureProperties(proxy.endpoint()));
    storage = Storages.open(TestStores.azureLocation() + "/faults", fileSystems);
  }

  @AfterAll
  static void close() {
    if (proxy != null) {
      fileSystems.close();
      proxy.close();
    }
  }

  @AfterEach
  void forget() {
    proxy.reset();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void createsWhenTheAnswerToAPartOfTheTemporaryFileIsLost(int request) throws IOException {
    String directory = "part-" + request;
    FaultRule fault = proxy.on(RequestKind.PUT, directory + "/.tmp-").nth(request).swallowAnswer();

    assertThat(storage.createIfAbsent(directory + "/1", CONTENT)).isTrue();

    assertThat(fault.struck()).isEqualTo(1);
    assertStored(directory);
  }

  @Test
  void createsWhenTheStoreIsBusyForAWhile() throws IOException {
    FaultRule first = proxy.on(RequestKind.PUT, "busy/.tmp-").answer(SERVER_BUSY);
    FaultRule last = proxy.on(RequestKind.PUT, "busy/1").answer(SERVER_BUSY);

    assertThat(storage.createIfAbsent("busy/1", CONTENT)).isTrue();

    assertThat(first.struck()).isEqualTo(1);
    assertThat(last.struck()).isEqualTo(1);
    assertStored("busy");
  }

  @Test
  void replacesWhenAnswersAreLostOrTheStoreIsBusy() throws IOException {
    Path path = new Path(storage.location(), "replaced/1");
    proxy.on(RequestKind.PUT, "replaced/1").answer(SERVER_BUSY);
    FaultRule fault = proxy.on(RequestKind.PUT, "replaced/1").nth(2).swallowAnswer();

    fileSystems.wholeFiles(path).replace(path, CONTENT);

    assertThat(fault.struck()).isEqualTo(1);
    assertStored("replaced");
  }

  @Test
  void readsAllOfAFileWhoseAnswerBreaksOff() throws IOException {
    storage.createIfAbsent("torn/1", CONTENT);
    FaultRule fault = proxy.on(RequestKind.GET, "torn/1").truncateAnswer(1000);

    assertThat(storage.read("torn/1")).hasValue(CONTENT);

    assertThat(fault.struck()).isEqualTo(1);
  }

  private static void assertStored(String directory) throws IOException {
    assertThat(storage.files(directory)).hasSize(1);
    assertThat(storage.read(directory + "/1")).hasValue(CONTENT);
  }
}
