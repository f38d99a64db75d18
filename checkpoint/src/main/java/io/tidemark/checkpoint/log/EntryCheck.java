package io.tidemark.checkpoint.log;

import io.tidemark.common.TidemarkException;
import io.tidemark.storage.Storage;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks whether a file of a checkpoint location has the content its writer wrote; for the
 * maintenance commands.
 */
public final class EntryCheck {

  private static final Pattern MISSING = Pattern.compile("TM-303 Missing (\\S+) of ");

  private final Storage storage;
  private final CheckpointLocation checkpoint;

  public EntryCheck(Storage storage) {
    this.storage = storage;
    this.checkpoint = new CheckpointLocation(storage);
  }

  /**
   * What is wrong with a file, in a few words; empty when nothing is wrong or the file is gone.
   *
   * @param directory one of the logs, or empty for the root
   */
  public Optional<String> problem(String directory, String name) throws IOException {
    try {
      read(directory, name);
      return Optional.empty();
    } catch (TidemarkException e) {
      return Optional.of(words(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return Optional.of("no file of this directory has such a name");
    }
  }

  /**
   * Path of a missing entry without which the owner of a batch is unknown.
   *
   * @param committed whether the batch is the newest committed one, or the one after that
   */
  public Optional<String> missing(long number, boolean committed) throws IOException {
    try {
      if (!committed) {
        checkpoint.owner(number);
      } else if (checkpoint.committedBatch(number).isEmpty()
          && checkpoint.commits().exists(number)) {
        return Optional.of("batches/" + number);
      }
    } catch (TidemarkException e) {
      Matcher matcher = MISSING.matcher(e.getMessage());
      return matcher.lookingAt() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
    return Optional.empty();
  }

  private void read(String directory, String name) throws IOException {
    switch (directory) {
      case "" -> {
        if (name.equals("metadata")) {
          QueryMetadata.readOrCreate(storage);
        }
      }
      case "offsets" -> checkpoint.offsets().read(number(name));
      case "commits" -> checkpoint.commits().read(number(name));
      case "batches" -> checkpoint.batches().read(number(name));
      case "voids" -> checkpoint.voids().read(number(name));
      case "owners" -> checkpoint.owners().read(number(name));
      case "segments" -> checkpoint.segments().read(SegmentId.parse(name));
      case "sessions" -> checkpoint.sessions().table(name);
      default -> {
        if (AttemptLog.attempt(name).isEmpty()) {
          throw new IllegalArgumentException("not an attempt: " + name);
        }
        checkpoint.attempts().table(name);
      }
    }
  }

  private static long number(String name) {
    return NumberedLog.number(name)
        .orElseThrow(() -> new IllegalArgumentException("not a number: " + name));
  }

  /** The reason within {@code TM-301 Cannot read FILE: REASON. The file was ..}. */
  private String words(String message) {
    int end = message.indexOf(". The file was");
    String named = end < 0 ? message : message.substring(0, end);
    int start = named.lastIndexOf(storage.location());
    int reason = start < 0 ? named.indexOf(": ") : named.indexOf(": ", start + 5);
    return reason < 0 ? named : named.substring(reason + 2);
  }
}
