package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Collects the functions of one family. */
final class Library {

  private final Map<String, Definition> functions = new LinkedHashMap<>();

  Map<String, Definition> functions() {
    return functions;
  }

  /** A function of fixed types, of which the last ones may be left out. */
  void fixed(
      String signature,
      String meaning,
      int least,
      List<Type> parameters,
      Type result,
      Kernel kernel) {
    typed(
        signature,
        meaning,
        least,
        parameters.size(),
        arguments -> {
          for (int i = 0; i < arguments.size(); i++) {
            arguments.take(i, parameters.get(i));
          }
          return new Resolved(result, kernel);
        });
  }

  /** A function whose result depends on the types. */
  void typed(
      String signature,
      String meaning,
      int least,
      int most,
      Function<Arguments, Resolved> resolve) {
    add(signature, meaning, least, most, true, resolve);
  }

  /** A function that takes nulls. */
  void lenient(
      String signature,
      String meaning,
      int least,
      int most,
      Function<Arguments, Resolved> resolve) {
    add(signature, meaning, least, most, false, resolve);
  }

  /** Another name of a function. */
  void alias(String name, String of) {
    Definition definition = functions.get(of);
    functions.put(
        name,
        new Definition(
            name,
            name + definition.signature().substring(of.length()),
            "the same as `" + of + "`",
            definition.least(),
            definition.most(),
            definition.strict(),
            definition.resolve()));
  }

  private void add(
      String signature,
      String meaning,
      int least,
      int most,
      boolean strict,
      Function<Arguments, Resolved> resolve) {
    String name = signature.substring(0, signature.indexOf('('));
    functions.put(name, new Definition(name, signature, meaning, least, most, strict, resolve));
  }
}
