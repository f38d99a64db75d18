package io.tidemark.stores;

import io.tidemark.cluster.JavaCommand;
import io.tidemark.cluster.JavaProcess;
import io.tidemark.storage.HadoopFileSystems;
import io.tidemark.storage.MaintainedStorage;
import io.tidemark.storage.Storages;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** A process that creates the files that it is told to, each with a content of its own. */
final class Contestant {

  private static final int LINES = 500;

  private final String name;
  private final JavaProcess process;
  private final BufferedWriter orders;
  private final BufferedReader answers;

  private Contestant(String name, JavaProcess process) {
    this.name = name;
    this.process = process;
    this.orders = process.input();
    this.answers = process.output();
  }

  static Contestant start(Path directory, String name) {
    JavaCommand command =
        JavaCommand.of(
                "contestant " + name,
                Contestant.class.getName(),
                System.getProperty("java.class.path"),
                directory.resolve("contestant-" + name + ".log"))
            .jvm("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
            .args(name)
            .talking();
    return new Contestant(name, JavaProcess.start(command));
  }

  /** Orders the creation of a file; {@link #answer} has the answer. */
  void create(Path properties, String location, String file) throws IOException {
    orders.write(String.join("\t", properties.toString(), location, file));
    orders.newLine();
    orders.flush();
  }

  /** Whether the process has created the file that it was last told to, or why it could not. */
  String answer() throws IOException {
    String answer = answers.readLine();
    if (answer == null) {
      process.exitCode(Duration.ofSeconds(10));
      process.requireAlive();
    }
    return String.valueOf(answer);
  }

  byte[] content(String file) {
    return content(name, file);
  }

  private static byte[] content(String name, String file) {
    return (name + " has created " + file + "\n").repeat(LINES).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The process: one order per line, one answer per line.
   *
   * @param args the name of the contestant
   */
  public static void main(String[] args) throws IOException {
    // Whatever else prints must not answer.
    var answers = System.out;
    System.setOut(System.err);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Map<String, MaintainedStorage> open = new HashMap<>();
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] parts = order.split("\t", -1);
      try {
        MaintainedStorage storage =
            open.computeIfAbsent(parts[1], location -> open(Path.of(parts[0]), location));
        answers.println(storage.createIfAbsent(parts[2], content(args[0], parts[2])));
      } catch (IOException | RuntimeException e) {
        e.printStackTrace();
        answers.println(e.toString().replaceAll("\\s+", " "));
      }
    }
  }

  private static MaintainedStorage open(Path properties, String location) {
    return Storages.open(location, new HadoopFileSystems(read(properties)));
  }

  /** What {@link #write} has written. */
  static Map<String, String> read(Path file) {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> map = new HashMap<>();
    properties.forEach((key, value) -> map.put((String) key, (String) value));
    return map;
  }

  /** Writes properties for another process. */
  static Path write(Path file, Map<String, String> properties) throws IOException {
    Properties all = new Properties();
    all.putAll(properties);
    try (OutputStream out = Files.newOutputStream(file)) {
      all.store(out, null);
    }
    return file;
  }
}
