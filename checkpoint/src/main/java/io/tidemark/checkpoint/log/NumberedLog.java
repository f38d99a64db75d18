package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.common.TidemarkException;
import io.tidemark.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * A directory with one file per batch, named by the batch number. Every entry is created
 * exclusively and never changes (invariant B).
 *
 * @param <E> what an entry holds
 */
public abstract class NumberedLog<E> {

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

  private final Storage storage;
  private final String directory;

  NumberedLog(Storage storage, String directory) {
    this.storage = storage;
    this.directory = directory;
  }

  abstract byte[] encode(E entry);

  /** Throws the exception that best explains why the content is not a valid entry. */
  abstract E decode(long number, String file, byte[] content) throws IOException;

  /**
   * Creates entry {@code number}.
   *
   * @return true when the entry now has exactly this content; false when it already had other
   *     content
   * @throws IOException when the outcome is unknown
   */
  public boolean create(long number, E entry) throws IOException {
    return ExclusiveFile.create(storage, path(number), encode(entry));
  }

  /** Reads entry {@code number}, or empty when there is none. */
  public Optional<E> read(long number) throws IOException {
    Optional<byte[]> content = storage.read(path(number));
    if (content.isEmpty()) {
      return Optional.empty();
    }
    String file = file(number);
    if (content.get().length == 0) {
      throw CheckpointErrors.damagedFile(file, "it is empty; expected version line \"v1\"", null);
    }
    try {
      return Optional.of(decode(number, file, content.get()));
    } catch (TidemarkException named) {
      throw named;
    } catch (JsonProcessingException e) {
      // The full message has several lines about a location that is not in the file.
      throw CheckpointErrors.damagedFile(file, e.getOriginalMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw CheckpointErrors.damagedFile(file, e.getMessage(), e);
    }
  }

  /** Whether entry {@code number} exists. */
  public boolean exists(long number) throws IOException {
    return storage.exists(path(number));
  }

  /** The number of the entry with this file name; empty when it is not the name of an entry. */
  static OptionalLong number(String name) {
    return NUMBER.matcher(name).matches()
        ? OptionalLong.of(Long.parseLong(name))
        : OptionalLong.empty();
  }

  /** The numbers of all entries, ascending. */
  public List<Long> numbers() throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (String name : storage.list(directory)) {
      number(name).ifPresent(numbers::add);
    }
    Collections.sort(numbers);
    return numbers;
  }

  /** The largest number, or empty when there is no entry. */
  public OptionalLong latest() throws IOException {
    List<Long> numbers = numbers();
    return numbers.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(numbers.get(numbers.size() - 1));
  }

  /** Deletes entry {@code number}; without effect when there is none. */
  public void delete(long number) throws IOException {
    storage.delete(path(number));
  }

  /** What entry {@code number} is called in messages. */
  public String file(long number) {
    return directory + "/" + number + " of " + storage.location();
  }

  private String path(long number) {
    return directory + "/" + number;
  }
}
