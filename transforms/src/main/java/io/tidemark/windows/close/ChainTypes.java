package io.tidemark.windows.close;

import io.tidemark.checkpoint.log.Batch;
import io.tidemark.checkpoint.log.OperatorSegment;
import io.tidemark.checkpoint.log.Segment;
import io.tidemark.windows.config.Definition;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The types of the operators' fields up to some point of the chain. Tasks learn them from committed
 * batches. Two tasks may see types without a common type before either learns of the other's; then
 * only one of their segments can be accepted.
 */
public final class ChainTypes {

  private final Map<String, SortedMap<String, String>> shown = new HashMap<>();

  private ChainTypes() {}

  /** The types after this batch. */
  public static ChainTypes after(Batch committed) {
    ChainTypes types = new ChainTypes();
    committed
        .operators()
        .forEach((name, state) -> types.shown.put(name, new TreeMap<>(state.types())));
    return types;
  }

  /** Adds the types of a segment; returns false and adds nothing when there is no common type. */
  public boolean join(Segment segment) {
    Map<String, SortedMap<String, String>> joined = new HashMap<>();
    for (Map.Entry<String, OperatorSegment> part : segment.operators().entrySet()) {
      SortedMap<String, String> before = shown.getOrDefault(part.getKey(), new TreeMap<>());
      Set<String> keys = Definition.groupBy(part.getValue().definition());
      if (!FieldTypes.haveUnion(before, part.getValue().types(), keys)) {
        return false;
      }
      joined.put(part.getKey(), FieldTypes.union(before, part.getValue().types()));
    }
    shown.putAll(joined);
    return true;
  }
}
