package io.tidemark.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageHeadTest {

  private static final String CHUNKED =
      "PUT /lab/a HTTP/1.1\r\nhost: h:1\r\ntransfer-encoding: chunked\r\n\r\n"
          + "5;chunk-signature=0\r\nhello\r\nA\r\n0123456789\r\n0\r\nx-amz-checksum: 1\r\n\r\n";
  private static final String SIZED = "PUT /lab/b HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc";

  @Test
  void passesOnMessagesByteForByteAndFindsWhereTheNextOneStarts() throws Exception {
    InputStream in = stream(CHUNKED + SIZED);

    assertThat(passedOn(in)).isEqualTo(CHUNKED);
    assertThat(passedOn(in)).isEqualTo(SIZED);
    assertThat(MessageHead.read(in)).isEmpty();
  }

  @Test
  void failsWhenTheBodyEndsEarly() {
    InputStream in = stream(SIZED.substring(0, SIZED.length() - 1));

    assertThatThrownBy(() -> passedOn(in)).isInstanceOf(EOFException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "GET /lab?list-type=2&prefix=a%2Fb%20c/&delimiter=%2F, LIST, /lab/a/b c/",
    "GET /lab/?prefix=a, LIST, /lab/a",
    "GET /account/box?restype=container&comp=list, LIST, /account/box/",
    "GET /lab/a+b%2Bc?X-Amz-Date=1, GET, /lab/a+b+c",
    "POST /lab?delete, POST, /lab",
    "OPTIONS /lab, OTHER, /lab"
  })
  void knowsKindAndPathOfARequest(String start, RequestKind kind, String path) {
    assertThat(StoreRequest.of(new MessageHead(start + " HTTP/1.1", List.of())))
        .isEqualTo(new StoreRequest(kind, path, false));
  }

  @Test
  void knowsARequestThatATakenNameRefuses() {
    MessageHead head = new MessageHead("PUT /lab/a HTTP/1.1", List.of("if-none-match: *"));

    assertThat(StoreRequest.of(head).exclusive()).isTrue();
  }

  private static String passedOn(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MessageHead head = MessageHead.read(in).orElseThrow();
    head.write(out);
    head.copyBody(in, out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
