/** Operators and functions: the types they take, and what they compute. */
package io.tidemark.expressions.function;
