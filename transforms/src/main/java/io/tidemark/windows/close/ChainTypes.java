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
 * The types that fields have shown to the operators up to some point of the chain. Tasks learn them
 * from committed batches; two may still show types that have none in common before either knows of
 * the other's, and then only one of their segments can be taken.
 */
public final class ChainTypes {

  private final Map<String, SortedMap<String, String>> shown = new HashMap<>();

  private ChainTypes() {}

  /** Those that the batches up to this one have shown. */
  public static ChainTypes after(Batch committed) {
    ChainTypes types = new ChainTypes();
    committed
        .operators()
        .forEach((name, state) -> types.shown.put(name, new TreeMap<>(state.types())));
    return types;
  }

  /** Takes what a segment shows; false, with nothing taken, when the two have none in common. */
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
