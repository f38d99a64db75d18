package io.tidemark.windows.update;

import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.fold.Accumulators;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;

/** Creates rows by the types of the fields, so that equal types share one schema. */
final class RowsOfTypes {

  private static final int MOST = 100;

  private final Aggregation aggregation;
  private final Accumulators layout;
  private final Map<SortedMap<String, String>, UpdateRows> known = new HashMap<>();
  private SortedMap<String, String> lastTypes;
  private UpdateRows last;

  RowsOfTypes(Aggregation aggregation, Accumulators layout) {
    this.aggregation = aggregation;
    this.layout = layout;
  }

  /** Rows for fields of these types, by the path of the field. */
  UpdateRows of(SortedMap<String, String> types) {
    if (types != lastTypes) {
      if (known.size() >= MOST) {
        known.clear();
      }
      last = known.computeIfAbsent(types, these -> new UpdateRows(aggregation, layout, these));
      lastTypes = types;
    }
    return last;
  }
}
