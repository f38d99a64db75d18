package io.tidemark.windows.config;

import io.tidemark.windows.function.AggregateFunction;
import java.util.Optional;

/**
 * One aggregate of a group.
 *
 * @param column name of the result's column
 * @param call the function as it is written, in canonical form: {@code sum(amount)}
 * @param argument the field or expression it takes; empty for {@code count(*)}
 */
public record Aggregate(
    String column, String call, Optional<Input> argument, AggregateFunction function) {}
