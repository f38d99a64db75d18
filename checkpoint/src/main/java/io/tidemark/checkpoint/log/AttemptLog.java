package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The attempts of drivers to close the windows of a batch. An attempt is registered before its
 * first file in each table, so that the files of failed attempts can be found:
 *
 * <pre>
 *   attempts/0000000017-9f1c2a9b5f1c2a9b-00.7c9e6679..   {"attempt":"00..","table":"/data/revenue"}
 *            batch      writer           count table
 * </pre>
 */
public final class AttemptLog {

  private static final String DIRECTORY = "attempts";

  private static final Pattern ENTRY =
      Pattern.compile("([0-9]{10,18}-[0-9a-z]+-[0-9]{2,9})\\.[0-9a-f]{32}");

  private final Storage storage;

  AttemptLog(Storage storage) {
    this.storage = storage;
  }

  /** Name of an attempt. */
  public static String name(long batch, String writer, int count) {
    return String.format(Locale.ROOT, "%010d-%s-%02d", batch, writer, count);
  }

  /** The batch of an attempt. */
  public static long batch(String attempt) {
    return Long.parseLong(attempt.substring(0, attempt.indexOf('-')));
  }

  /**
   * Registers that the attempt is going to write to the table at this location.
   *
   * @throws IOException when the outcome is unknown; the same call may be repeated
   */
  public void writes(String attempt, String table) throws IOException {
    ObjectNode entry = Json.object();
    entry.put("attempt", attempt);
    entry.put("table", table);
    String path = DIRECTORY + "/" + attempt + "." + hash(table);
    if (!ExclusiveFile.createOwn(storage, path, ChecksummedJson.encode(entry))) {
      throw CheckpointErrors.damagedFile(
          path + " of " + storage.location(), "it holds another entry", null);
    }
  }

  /** Names of the entries about batches up to this one, with their tables still to be read. */
  public Map<String, String> entries(long lastBatch) throws IOException {
    SortedMap<String, String> entries = new TreeMap<>();
    for (String name : storage.list(DIRECTORY)) {
      attempt(name)
          .filter(attempt -> batch(attempt) <= lastBatch)
          .ifPresent(attempt -> entries.put(name, attempt));
    }
    return entries;
  }

  /** Location of the table that an entry is about; empty when the entry is gone. */
  public Optional<String> table(String entry) throws IOException {
    String path = DIRECTORY + "/" + entry;
    Optional<byte[]> content = storage.read(path);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    String file = path + " of " + storage.location();
    return Optional.of(
        ChecksummedJson.read(
            file,
            content.get(),
            json -> {
              String table = Json.text(json, "table");
              String named = Json.text(json, "attempt") + "." + hash(table);
              if (!named.equals(entry)) {
                throw CheckpointErrors.damagedFile(file, "it is the entry of " + named, null);
              }
              return table;
            }));
  }

  /** The attempt that an entry is about; empty when no entry has such a name. */
  public static Optional<String> attempt(String entry) {
    Matcher matcher = ENTRY.matcher(entry);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Forgets what an entry is about. */
  public void forget(String entry) throws IOException {
    storage.delete(DIRECTORY + "/" + entry);
  }

  /** Forgets that the attempt wrote to a table. */
  public void forget(String attempt, String table) throws IOException {
    forget(attempt + "." + hash(table));
  }

  private static String hash(String table) {
    return UUID.nameUUIDFromBytes(table.getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }
}
