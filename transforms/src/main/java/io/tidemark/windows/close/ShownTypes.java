package io.tidemark.windows.close;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.TypeUnion;
import io.tidemark.windows.config.Aggregate;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.field.FieldErrors;
import io.tidemark.windows.field.InputReader;
import io.tidemark.windows.function.ArgumentException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.connect.connector.ConnectRecord;

/**
 * The known types of the fields of an aggregation. The types of a record are added only by an
 * explicit call, so that a rejected record leaves no trace.
 */
public final class ShownTypes {

  private final Aggregation aggregation;
  private final int keys;
  private final SortedMap<String, ColumnType> types = new TreeMap<>();
  private final SortedMap<String, ColumnType> fresh = new TreeMap<>();
  private final ColumnType[] last;
  private SortedMap<String, String> texts = Collections.emptySortedMap();

  public ShownTypes(Aggregation aggregation) {
    this.aggregation = aggregation;
    this.keys = aggregation.groupBy().size();
    this.last = new ColumnType[keys + aggregation.aggregates().size()];
  }

  /** Starts with exactly these types. */
  public void reset(Map<String, ColumnType> known) {
    types.clear();
    types.putAll(known);
    fresh.clear();
    Arrays.fill(last, null);
    texts = texts(types);
  }

  /**
   * Records the type of a field's value.
   *
   * @param i number of the field: those of the group, then the arguments
   * @throws io.tidemark.common.TidemarkException when it has no common type with the earlier ones
   */
  void note(ConnectRecord<?> record, int i, InputReader field) {
    ColumnType type = field.type();
    if (type == null || type.equals(last[i])) {
      return;
    }
    ColumnType before = types.get(field.path());
    if (i < keys && before != null && !FieldTypes.haveOneKey(before, type)) {
      throw FieldErrors.otherKey(record, field.path(), before, type);
    }
    ColumnType union = before == null ? type : TypeUnion.of(before, type, field.path());
    if (i >= keys) {
      Aggregate aggregate = aggregation.aggregates().get(i - keys);
      try {
        var unused = aggregate.function().resultType(Optional.of(union));
      } catch (ArgumentException e) {
        throw FieldErrors.unfit(record, aggregate.call(), e);
      }
    }
    if (union.equals(before)) {
      last[i] = type;
    } else {
      fresh.put(field.path(), union);
    }
  }

  /** Whether the record adds a type. */
  public boolean isFresh() {
    return !fresh.isEmpty();
  }

  /** Adds the types of the record. */
  public void keep() {
    if (!fresh.isEmpty()) {
      types.putAll(fresh);
      fresh.clear();
      texts = texts(types);
    }
  }

  /** Discards the types of the record. */
  public void forget() {
    fresh.clear();
  }

  /** Path to type, as logs name it; the same object until a type is added. */
  public SortedMap<String, String> texts() {
    return texts;
  }

  /** The same with the types of the record. */
  public SortedMap<String, String> freshTexts() {
    if (fresh.isEmpty()) {
      return texts;
    }
    SortedMap<String, ColumnType> all = new TreeMap<>(types);
    all.putAll(fresh);
    return texts(all);
  }

  private static SortedMap<String, String> texts(Map<String, ColumnType> types) {
    SortedMap<String, String> texts = new TreeMap<>();
    types.forEach((path, type) -> texts.put(path, type.toString()));
    return Collections.unmodifiableSortedMap(texts);
  }
}
