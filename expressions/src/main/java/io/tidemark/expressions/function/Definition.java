package io.tidemark.expressions.function;

import java.util.function.Function;

/**
 * A function of the language.
 *
 * @param name in lower case
 * @param signature how it is called, for the reference
 * @param meaning what it gives, for the reference
 * @param least number of arguments
 * @param most number of arguments
 * @param strict whether it is null when one of its arguments is
 * @param resolve finds the form for the types of the arguments
 */
public record Definition(
    String name,
    String signature,
    String meaning,
    int least,
    int most,
    boolean strict,
    Function<Arguments, Resolved> resolve) {

  /** The number of arguments of a function that takes any number. */
  public static final int ANY = Integer.MAX_VALUE;
}
