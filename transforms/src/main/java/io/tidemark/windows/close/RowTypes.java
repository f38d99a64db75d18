package io.tidemark.windows.close;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.windows.config.Aggregate;
import io.tidemark.windows.config.Aggregation;
import io.tidemark.windows.fold.Accumulators;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The types of an aggregation's rows, in its order; empty where every value was null so far.
 *
 * @param keys of what is grouped by
 * @param arguments of the aggregates' arguments
 * @param results of the aggregates
 */
public record RowTypes(
    List<Optional<ColumnType>> keys,
    List<Optional<ColumnType>> arguments,
    List<Optional<ColumnType>> results) {

  /**
   * @param types text of an input to its type, for all inputs with a known type
   */
  public static RowTypes of(Aggregation aggregation, Map<String, String> types) {
    List<Optional<ColumnType>> arguments = new ArrayList<>();
    List<Optional<ColumnType>> results = new ArrayList<>();
    for (Aggregate aggregate : aggregation.aggregates()) {
      Optional<ColumnType> argument =
          aggregate.argument().flatMap(input -> type(types, input.toString()));
      arguments.add(argument);
      results.add(aggregate.function().resultType(argument));
    }
    return new RowTypes(
        aggregation.groupBy().stream().map(field -> type(types, field.input().toString())).toList(),
        arguments,
        results);
  }

  /**
   * The result of an aggregate whose type is known.
   *
   * @throws io.tidemark.windows.function.ResultOverflowException when it does not fit
   */
  public Object result(int i, Accumulators layout, Accumulators.Group group) {
    return layout.function(i).result(group.slots(i), arguments.get(i));
  }

  private static Optional<ColumnType> type(Map<String, String> types, String path) {
    return Optional.ofNullable(types.get(path)).map(FieldTypes::parse);
  }
}
