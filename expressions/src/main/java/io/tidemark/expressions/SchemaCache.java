package io.tidemark.expressions;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;

/**
 * What was computed for the latest schemas. The schema object of the previous record is found
 * without comparing schemas, which takes longer than an expression.
 */
public final class SchemaCache<T> {

  /** More versions of a schema than a topic has at a time. */
  private static final int CAPACITY = 64;

  private final Map<Pair, T> known =
      new LinkedHashMap<>(CAPACITY, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Pair, T> eldest) {
          return size() > CAPACITY;
        }
      };

  private Pair latest;
  private T ofLatest;

  /** Finds what belongs to the schemas of the part and of the key, either of which may be null. */
  public T of(Schema root, Schema key, Function<Pair, T> compute) {
    Pair previous = latest;
    if (previous != null && previous.root == root && previous.key == key) {
      return ofLatest;
    }
    Pair wanted = new Pair(root, key);
    T found = known.get(wanted);
    if (found == null) {
      found = compute.apply(wanted);
      known.put(wanted, found);
    }
    latest = wanted;
    ofLatest = found;
    return found;
  }

  /** How many pairs are known. */
  public int size() {
    return known.size();
  }

  /** Two schemas. */
  public record Pair(Schema root, Schema key) {}
}
