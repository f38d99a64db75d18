package io.tidemark.connector;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file systems that a location may be on: those whose classes the plugin or an add-on has. */
public final class FileSystems {

  /** Those on which one caller only can create a file. */
  public static final Set<String> KNOWN =
      Set.of("file", "hdfs", "viewfs", "s3a", "s3", "abfss", "abfs", "gs");

  /** They, as part of a sentence. */
  public static final String TEXT =
      "a local or mounted directory, hdfs:, viewfs:, s3a:, s3:, abfss:, abfs: or gs:";

  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");

  /** {@code file://data/x} means {@code /x} on a host called data, which is never intended. */
  private static final Pattern FILE_OF_A_HOST = Pattern.compile("(?i)file://[^/].*");

  private FileSystems() {}

  /** Reports a location on a file system that the plugin does not have. */
  public static void check(String key, Settings settings, List<Problem> problems) {
    settings
        .value(key, String.class)
        .ifPresent(location -> check(key, location, settings, problems));
  }

  /** The same for one location of several that a key names. */
  public static void check(String key, String location, Settings settings, List<Problem> problems) {
    complaint(location, settings)
        .ifPresent(complaint -> problems.add(Problem.invalid(key, location, complaint)));
  }

  /** The scheme of a location, in small letters; empty for a bare path. */
  static Optional<String> scheme(String location) {
    Matcher scheme = SCHEME.matcher(location);
    return scheme.matches()
        ? Optional.of(scheme.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  private static Optional<String> complaint(String location, Settings settings) {
    if (FILE_OF_A_HOST.matcher(location).matches()) {
      return Optional.of("file: takes one slash or three, as in file:///data.");
    }
    return scheme(location)
        .filter(scheme -> !KNOWN.contains(scheme))
        .filter(scheme -> !settings.isGiven("hadoop.fs." + scheme + ".impl"))
        .map(scheme -> "file system " + scheme + ": is not supported. Use " + TEXT + ".");
  }
}
