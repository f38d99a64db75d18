package io.tidemark.connector;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values that a key accepts. It returns what is wrong with a value instead of throwing, so that
 * {@link KeyGroup} can add the remedy. It is never called with null, which means "not set".
 */
public interface Rule {

  /** What is wrong with the value, as the end of a sentence about it; empty when nothing is. */
  Optional<String> complaint(Object value);

  /** The values that the key takes, for the reference. */
  String values();

  /** The values to offer for choosing; empty when there are too many to list. */
  default List<Object> choices() {
    return List.of();
  }

  /** How messages show the value. */
  default Object shown(Object value) {
    return value;
  }

  /** Any value that the type of the key can hold. */
  static Rule any(String values) {
    return of(values, value -> Optional.empty());
  }

  /** A whole number, not below {@code least}. */
  static Rule atLeast(long least) {
    return of(
        "at least " + least,
        value ->
            ((Number) value).longValue() < least
                ? Optional.of("must be at least " + least)
                : Optional.empty());
  }

  /** One of several words. */
  static Rule oneOf(List<String> words) {
    return new Words(words, false);
  }

  /** A list of some of these words without repetition; may be empty. */
  static Rule someOf(List<String> words) {
    return new Words(words, true);
  }

  /** A rule made of its two parts. */
  static Rule of(String values, Function<Object, Optional<String>> complaint) {
    return new Rule() {
      @Override
      public Optional<String> complaint(Object value) {
        return complaint.apply(value);
      }

      @Override
      public String values() {
        return values;
      }
    };
  }

  /** The words of {@link #oneOf} and {@link #someOf}. */
  record Words(List<String> words, boolean list) implements Rule {

    @Override
    public Optional<String> complaint(Object value) {
      List<?> chosen = list ? (List<?>) value : List.of(value);
      if (!words.containsAll(chosen)) {
        return Optional.of("must be " + values());
      }
      return new LinkedHashSet<Object>(chosen).size() < chosen.size()
          ? Optional.of("must not name anything twice")
          : Optional.empty();
    }

    @Override
    public String values() {
      return (list ? "a list out of " : "one of ") + String.join(", ", words);
    }

    @Override
    public List<Object> choices() {
      return List.copyOf(words);
    }
  }
}
