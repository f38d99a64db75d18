package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Coercion;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.util.Comparator;
import java.util.Map;

/** The functions that choose among values, and the one that names a type. */
final class ExtremeFunctions {

  private ExtremeFunctions() {}

  static Map<String, Definition> all() {
    Library library = new Library();
    library.lenient(
        "greatest(x, y, ...)",
        "the largest value that is not null",
        2,
        Definition.ANY,
        arguments -> extreme(arguments, 1));
    library.lenient(
        "least(x, y, ...)",
        "the smallest value that is not null",
        2,
        Definition.ANY,
        arguments -> extreme(arguments, -1));
    library.lenient(
        "typeof(x)",
        "the name of the type",
        1,
        1,
        arguments -> {
          String name = arguments.type(0).toString();
          return new Resolved(Type.STRING, a -> name);
        });
    return library.functions();
  }

  private static Resolved extreme(Arguments arguments, int sign) {
    Type common = Type.NULL;
    for (Type type : arguments.types()) {
      common = Coercion.common(common, type);
      if (common == null) {
        throw new TypeMismatch("The arguments have no common type: " + arguments.types());
      }
    }
    arguments.takeAll(0, common);
    Comparator<Object> order = Ordering.of(common);
    return new Resolved(
        common,
        values -> {
          Object best = null;
          for (Object value : values) {
            if (value != null && (best == null || sign * order.compare(value, best) > 0)) {
              best = value;
            }
          }
          return best;
        });
  }
}
