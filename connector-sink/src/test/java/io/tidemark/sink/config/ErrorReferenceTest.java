package io.tidemark.sink.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.connector.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference of errors has every code that the plugin can give, and no other. */
class ErrorReferenceTest {

  private static final Pattern IN_CODE = Pattern.compile("\"(TM-[0-9]{3})\"");
  private static final Pattern IN_REFERENCE = Pattern.compile("(?m)^\\| (TM-[0-9]{3}) \\|");

  @Test
  void namesEveryCodeOnce() throws IOException {
    List<String> codes = new ArrayList<>();
    for (String module :
        List.of(
            "storage",
            "checkpoint",
            "delta",
            "expressions",
            "transforms",
            "connector-common",
            "converters",
            "connector-sink",
            "connector-source",
            "command")) {
      try (Stream<Path> files = Files.walk(Checkout.root().resolve(module).resolve("src/main"))) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          IN_CODE
              .matcher(Files.readString(file))
              .results()
              .forEach(found -> codes.add(found.group(1)));
        }
      }
    }
    assertThat(codes).as("a code belongs to one error").doesNotHaveDuplicates();
    List<String> documented = new ArrayList<>();
    IN_REFERENCE
        .matcher(Files.readString(Checkout.root().resolve("docs/reference/errors.md")))
        .results()
        .forEach(found -> documented.add(found.group(1)));
    assertThat(documented).containsExactlyElementsOf(new TreeSet<>(codes));
  }
}
