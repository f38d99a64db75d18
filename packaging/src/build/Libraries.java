import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes the libraries of the plugin zip: each jar without what {@code trimmed.txt} leaves out, and
 * uncompressed, because the zip compresses a jar as a whole far better than the jar compresses its
 * many small classes one by one. What is left out changes the name of the jar.
 *
 * <p>A rule that matches nothing fails the build: after an upgrade of a library the rules are looked
 * at again. So does a signature, which would not hold any more.
 */
final class Libraries {

  /** Entries above this size, which are native libraries, gain nothing from being stored. */
  private static final int LARGE = 1 << 20;

  private final Path target;
  private final LocalDateTime time;
  private final Map<String, List<Rule>> rules;
  private final Path replacements;

  private Libraries(Path source, Path target, LocalDateTime time) throws IOException {
    this.target = target;
    this.time = time;
    this.rules = rules(source.resolve("trimmed.txt"));
    this.replacements = source.resolve("replaced");
  }

  /** Expects the directory of rules, a file with a class path, the directory to write, and a time. */
  public static void main(String[] args) throws IOException {
    LocalDateTime time =
        OffsetDateTime.parse(args[3]).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    List<Path> jars = new ArrayList<>();
    for (String jar : Files.readString(Path.of(args[1])).strip().split(File.pathSeparator)) {
      jars.add(Path.of(jar));
    }
    new Libraries(Path.of(args[0]), Path.of(args[2]), time).write(jars);
  }

  private void write(List<Path> jars) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> old = Files.list(target)) {
      for (Path jar : old.toList()) {
        Files.delete(jar);
      }
    }
    Set<String> seen = new HashSet<>();
    for (Path jar : jars) {
      if (!Files.isRegularFile(jar)) {
        throw new IllegalStateException(jar + " is no jar: run the phase package");
      }
      String artifact = jar.getFileName().toString().replaceFirst("-\\d.*\\.jar$", "");
      seen.add(artifact);
      write(jar, artifact, rules.getOrDefault(artifact, List.of()));
    }
    for (Map.Entry<String, List<Rule>> entry : rules.entrySet()) {
      if (!seen.contains(entry.getKey())) {
        throw new IllegalStateException(
            "trimmed.txt names " + entry.getKey() + ", which is no library");
      }
      for (Rule rule : entry.getValue()) {
        if (!rule.used) {
          throw new IllegalStateException(
              "trimmed.txt: " + entry.getKey() + " has nothing like " + rule.text);
        }
      }
    }
  }

  private void write(Path jar, String artifact, List<Rule> left) throws IOException {
    String name = jar.getFileName().toString();
    if (!left.isEmpty()) {
      name = name.replaceFirst("\\.jar$", "-trimmed.jar");
    }
    Path replaced = replacements.resolve(artifact);
    try (ZipFile in = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(target.resolve(name));
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      Set<String> written = new HashSet<>();
      for (ZipEntry entry : Collections.list(in.entries())) {
        if (entry.isDirectory() || !written.add(entry.getName()) || leavesOut(left, entry)) {
          continue;
        }
        if (entry.getName().matches("META-INF/[^/]*\\.(SF|RSA|DSA|EC)")) {
          throw new IllegalStateException(jar + " is signed");
        }
        Path other = replaced.resolve(entry.getName());
        write(
            out,
            entry.getName(),
            Files.exists(other)
                ? Files.readAllBytes(other)
                : in.getInputStream(entry).readAllBytes());
      }
      checkReplacements(replaced, written);
    }
  }

  private void write(ZipOutputStream out, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(time);
    if (content.length < LARGE) {
      CRC32 crc = new CRC32();
      crc.update(content);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
    }
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }

  private static void checkReplacements(Path replaced, Set<String> written) throws IOException {
    if (!Files.isDirectory(replaced)) {
      return;
    }
    try (Stream<Path> files = Files.walk(replaced)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = replaced.relativize(file).toString().replace('\\', '/');
        if (!written.contains(name)) {
          throw new IllegalStateException("Nothing to replace by " + file);
        }
      }
    }
  }

  private static boolean leavesOut(List<Rule> rules, ZipEntry entry) {
    boolean out = false;
    for (Rule rule : rules) {
      if (rule.pattern.matcher(entry.getName()).lookingAt()) {
        rule.used = true;
        out = true;
      }
    }
    return out;
  }

  private static Map<String, List<Rule>> rules(Path file) throws IOException {
    Map<String, List<Rule>> rules = new LinkedHashMap<>();
    List<Rule> current = List.of();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("[")) {
        current = new ArrayList<>();
        rules.put(line.substring(1, line.indexOf(']')), current);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        current.add(new Rule(line.strip()));
      }
    }
    return rules;
  }

  /** The beginning of the names that are left out; {@code *} stands for anything. */
  private static final class Rule {

    private final String text;
    private final Pattern pattern;
    private boolean used;

    private Rule(String text) {
      this.text = text;
      this.pattern = Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q"));
    }
  }
}
