package io.tidemark.checkpoint.log;

import io.tidemark.checkpoint.TidemarkException;
import io.tidemark.checkpoint.storage.Storage;
import java.io.IOException;
import java.util.Optional;

/**
 * Whether a file of a checkpoint location is what its writer wrote: for those who look after it.
 */
public final class EntryCheck {

  private final Storage storage;
  private final CheckpointLocation checkpoint;

  public EntryCheck(Storage storage) {
    this.storage = storage;
    this.checkpoint = new CheckpointLocation(storage);
  }

  /**
   * What is wrong with a file, in a few words; empty when nothing is, or when it is gone.
   *
   * @param directory one of the logs, or empty for the root
   */
  public Optional<String> problem(String directory, String name) throws IOException {
    String path = directory.isEmpty() ? name : directory + "/" + name;
    try {
      return read(directory, name, path);
    } catch (TidemarkException e) {
      return Optional.of(words(e.getMessage()));
    } catch (IllegalArgumentException e) {
      return Optional.of("its name is none that a file here has");
    }
  }

  private Optional<String> read(String directory, String name, String path) throws IOException {
    switch (directory) {
      case "" -> {
        if (name.equals("metadata")) {
          QueryMetadata.readOrCreate(storage);
        }
      }
      case "offsets" -> checkpoint.offsets().read(Long.parseLong(name));
      case "commits" -> checkpoint.commits().read(Long.parseLong(name));
      case "batches" -> {
        return checkpoint
            .batches()
            .read(Long.parseLong(name))
            .filter(batch -> batch.number() != Long.parseLong(name))
            .map(batch -> "it holds batch " + batch.number());
      }
      case "owners" -> checkpoint.owners().read(Long.parseLong(name));
      case "segments" -> {
        SegmentId id = SegmentId.parse(name);
        return checkpoint
            .segments()
            .read(id)
            .filter(segment -> !segment.id().equals(id))
            .map(segment -> "it holds segment " + segment.id());
      }
      default -> {
        Optional<byte[]> content = storage.read(path);
        if (content.isPresent()) {
          ChecksummedJson.decode(path, content.get());
        }
      }
    }
    return Optional.empty();
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
