package io.tidemark.connector;

import io.tidemark.common.TidemarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A location on the local file systems of this machine, and the reason why it cannot be used, if
 * that can be found without changing anything.
 */
public final class LocalPlace {

  /** The longest name of a file, bytes, on Linux's file systems and HDFS. */
  private static final int LONGEST_NAME_BYTES = 255;

  /** Linux allows 4,096 bytes for a path; this leaves room for partitions and file names. */
  private static final int LONGEST_PATH_BYTES = 3_000;

  /** Virtual file systems of the kernel, on which permissions mean nothing. */
  private static final Set<String> NO_STORAGE =
      Set.of("proc", "sysfs", "cgroup", "cgroup2", "devpts", "mqueue", "debugfs", "tracefs");

  private final String path;

  private LocalPlace(String path) {
    this.path = path;
  }

  /**
   * The place of a location; empty when it is not local.
   *
   * @param hadoop properties for Hadoop's configuration, under Hadoop's names
   */
  public static Optional<LocalPlace> of(String location, Map<String, ?> hadoop) {
    Optional<String> scheme = FileSystems.scheme(location);
    boolean local =
        !hadoop.containsKey("fs.file.impl")
            && (scheme.isPresent()
                ? scheme.get().equals("file")
                : !hadoop.containsKey("fs.defaultFS"));
    if (!local) {
      return Optional.empty();
    }
    // As Hadoop reads it: it does not decode percent signs.
    String rest = scheme.isPresent() ? location.substring(location.indexOf(':') + 1) : location;
    return Optional.of(
        new LocalPlace(rest.startsWith("//") ? rest.substring(rest.indexOf('/', 2)) : rest));
  }

  /**
   * The problem to report at the key that names a location; empty also when it is not local.
   *
   * @param hadoop properties for Hadoop's configuration, under Hadoop's names
   * @param written whether files are to be created there
   */
  public static Optional<Problem> problem(
      String key, String location, Map<String, ?> hadoop, boolean written) {
    return of(location, hadoop)
        .flatMap(place -> place.complaint(written))
        .map(complaint -> Problem.invalid(key, location, complaint));
  }

  /**
   * Why it cannot be used, as the end of a sentence and with the remedy; empty when no problem is
   * known.
   *
   * @param written whether files are to be created there
   */
  public Optional<String> complaint(boolean written) {
    Path place;
    try {
      place = Path.of(path);
    } catch (InvalidPathException e) {
      return Optional.of(
          TidemarkException.message(
              """
              this worker's JVM cannot use this file name: its encoding of file names
              (sun.jnu.encoding) is %s. Start all workers with LC_ALL=C.UTF-8, or use other
              characters.""",
              System.getProperty("sun.jnu.encoding")));
    }
    return tooLong(place).or(() -> onThisMachine(place, written));
  }

  /**
   * The path without symbolic links; the location itself when that is unknown.
   *
   * @param location as the user wrote it
   */
  public String real(String location) {
    try {
      Path place = Path.of(path).normalize();
      Path existing = place;
      while (existing != null && !Files.exists(existing)) {
        existing = existing.getParent();
      }
      return existing == null
          ? location
          : existing.toRealPath().resolve(existing.relativize(place)).toString();
    } catch (InvalidPathException | IOException e) {
      return location;
    }
  }

  private static Optional<String> tooLong(Path place) {
    for (Path name : place) {
      int bytes = name.toString().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > LONGEST_NAME_BYTES) {
        return Optional.of(
            TidemarkException.message(
                "it has a name of %d bytes, and file systems allow %d. Shorten it.",
                bytes, LONGEST_NAME_BYTES));
      }
    }
    int bytes = place.toString().getBytes(StandardCharsets.UTF_8).length;
    return bytes > LONGEST_PATH_BYTES
        ? Optional.of(
            "it has " + bytes + " bytes, and " + LONGEST_PATH_BYTES + " are allowed. Shorten it.")
        : Optional.empty();
  }

  private static Optional<String> onThisMachine(Path place, boolean written) {
    Path existing = place;
    while (existing != null && !Files.exists(existing)) {
      if (Files.isSymbolicLink(existing)) {
        return Optional.of(
            existing
                + " is a symbolic link without a target. Create the target, or name another location.");
      }
      existing = existing.getParent();
    }
    if (existing == null) {
      return Optional.empty();
    }
    if (!Files.isDirectory(existing)) {
      return Optional.of(existing + " is a file, not a directory. Name another location.");
    }
    String user = System.getProperty("user.name");
    if (!Files.isExecutable(existing) || (existing.equals(place) && !Files.isReadable(existing))) {
      return Optional.of(
          TidemarkException.message(
              "user %s of this worker may not read %s. Allow it on all workers.", user, existing));
    }
    if (written && !Files.isWritable(existing)) {
      return Optional.of(
          TidemarkException.message(
              """
              user %s of this worker may not write to %s, or it is mounted read-only. Allow it on all
              workers, or mount the right file system there.""",
              user, existing));
    }
    return fileSystem(existing)
        .filter(NO_STORAGE::contains)
        .map(type -> "file system " + type + " stores nothing. Name another location.");
  }

  private static Optional<String> fileSystem(Path existing) {
    try {
      return Optional.of(Files.getFileStore(existing).type());
    } catch (IOException | SecurityException e) {
      return Optional.empty();
    }
  }
}
