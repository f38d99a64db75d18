package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Type;

/**
 * A function for certain types of arguments.
 *
 * @param type of the result
 */
public record Resolved(Type type, Kernel kernel) {}
