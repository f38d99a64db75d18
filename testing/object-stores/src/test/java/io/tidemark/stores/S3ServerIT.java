package io.tidemark.stores;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ServerIT {

  @TempDir static Path directory;
  private static S3Server server;

  @BeforeAll
  static void startServer() {
    server = S3Server.start(directory.resolve("shared"), "lab");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void keepsTheFirstOfTwoConditionalPuts() throws Exception {
    URI object = server.presigned(server.endpoint(), "PUT", "commits/5");

    assertThat(Http.put(object, "first", "If-None-Match", "*").statusCode()).isEqualTo(200);
    assertThat(Http.put(object, "second", "If-None-Match", "*").statusCode()).isEqualTo(412);

    URI read = server.presigned(server.endpoint(), "GET", "commits/5");
    assertThat(Http.send("GET", read).body()).isEqualTo("first");
  }

  @Test
  void listsAPrefix() throws Exception {
    Http.put(server.presigned(server.endpoint(), "PUT", "list/a b"), "a");

    String names = Http.send("GET", server.presignedList(server.endpoint(), "list/")).body();

    assertThat(names).contains("<Key>list/a b</Key>").doesNotContain("commits");
  }

  @Test
  void keepsEachObjectInAFileOfItsName() throws Exception {
    Http.put(server.presigned(server.endpoint(), "PUT", "files/a b"), "content");

    assertThat(server.objects().resolve("files/a b")).hasContent("content");
  }

  @Test
  void servesAFileThatAnotherProgramHasPutIntoItsDirectory() throws Exception {
    Path file = server.objects().resolve("foreign/5");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "foreign");

    URI write = server.presigned(server.endpoint(), "PUT", "foreign/5");
    assertThat(Http.put(write, "late", "If-None-Match", "*").statusCode()).isEqualTo(412);

    URI read = server.presigned(server.endpoint(), "GET", "foreign/5");
    assertThat(Http.send("GET", read).body()).isEqualTo("foreign");
    URI list = server.presignedList(server.endpoint(), "foreign/");
    assertThat(Http.send("GET", list).body()).contains("<Key>foreign/5</Key>");
  }

  @Test
  void refusesAWrongSignature() throws Exception {
    URI forAnother = server.presigned(server.endpoint(), "GET", "commits/5");

    assertThat(Http.put(forAnother, "forged").statusCode()).isEqualTo(403);
  }

  @Test
  void leavesNoProcessWhenClosed() {
    S3Server closed = S3Server.start(directory.resolve("closed"), "lab");
    long pid = closed.process().pid();
    assertThat(ProcessHandle.of(pid)).isPresent();

    closed.close();

    assertThat(ProcessHandle.of(pid)).isEmpty();
  }
}
