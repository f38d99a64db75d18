package io.tidemark.stores;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Start line and headers of an HTTP/1.1 message as they came, since signatures cover them, with the
 * way to find the end of the body after them.
 *
 * @param headers lines such as {@code Host: 127.0.0.1:9000}
 */
record MessageHead(String startLine, List<String> headers) {

  /** The next head of a connection; absent when the connection ends before it. */
  static Optional<MessageHead> read(InputStream in) throws IOException {
    String startLine = line(in);
    if (startLine.isEmpty()) {
      return Optional.empty();
    }
    List<String> headers = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      headers.add(line);
    }
    return Optional.of(new MessageHead(startLine, headers));
  }

  /** The status of an answer. */
  int status() {
    return Integer.parseInt(startLine.split(" ", -1)[1]);
  }

  /** Whether a header has this value, in any case. */
  boolean has(String name, String value) {
    return header(name).filter(value::equalsIgnoreCase).isPresent();
  }

  /** Whether only the end of the connection ends the body of this answer. */
  boolean endless() {
    return !chunked() && header("Content-Length").isEmpty();
  }

  MessageHead without(String name) {
    return new MessageHead(startLine, headers.stream().filter(line -> !named(line, name)).toList());
  }

  void write(OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder(startLine).append("\r\n");
    headers.forEach(line -> text.append(line).append("\r\n"));
    out.write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Copies the body after this head; without a length it is empty. */
  void copyBody(InputStream in, OutputStream out) throws IOException {
    if (chunked()) {
      copyChunks(in, out);
    } else {
      copy(in, out, header("Content-Length").map(Long::parseLong).orElse(0L));
    }
    out.flush();
  }

  private static void copyChunks(InputStream in, OutputStream out) throws IOException {
    long size;
    do {
      String sizeLine = copyLine(in, out);
      size = Long.parseLong(sizeLine.split(";", 2)[0].strip(), 16);
      if (size > 0) {
        copy(in, out, size);
        copyLine(in, out);
      }
    } while (size > 0);
    while (!copyLine(in, out).isEmpty()) {
      // A trailer.
    }
  }

  private static String copyLine(InputStream in, OutputStream out) throws IOException {
    String line = line(in);
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    return line;
  }

  private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
    byte[] buffer = new byte[8192];
    long left = bytes;
    while (left > 0) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException("the connection ended " + left + " bytes before the body did");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  /** Without its end; empty at the end of the stream as well. */
  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }

  private boolean chunked() {
    return has("Transfer-Encoding", "chunked");
  }

  private Optional<String> header(String name) {
    return headers.stream()
        .filter(line -> named(line, name))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static boolean named(String line, String name) {
    return line.regionMatches(true, 0, name + ":", 0, name.length() + 1);
  }
}
