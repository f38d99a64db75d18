package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Casts;
import io.tidemark.expressions.type.Coercion;
import io.tidemark.expressions.type.ConnectTypes;
import io.tidemark.expressions.type.Failure;
import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Functions of arrays and maps, and their elements. */
final class CollectionFunctions {

  private CollectionFunctions() {}

  static Map<String, Definition> all() {
    Library library = new Library();
    library.typed("size(x)", "elements of an array or a map", 1, 1, CollectionFunctions::size);
    library.alias("cardinality", "size");
    library.typed(
        "array_contains(array, x)",
        "whether the array has the value; null if it does not and has a null",
        2,
        2,
        CollectionFunctions::contains);
    library.typed(
        "element_at(x, key)",
        "an element of an array, from 1, from the end if negative; the value of a map or null",
        2,
        2,
        arguments -> element(arguments, true));
    return library.functions();
  }

  static void addSubscript(Map<String, Definition> operators) {
    operators.put("[]", new Definition("[]", "x[key]", "", 2, 2, true, a -> element(a, false)));
  }

  private static Resolved size(Arguments arguments) {
    Type type = arguments.type(0);
    if (type.is(Kind.ARRAY)) {
      return new Resolved(Type.INT, Kernel.unary(x -> ((List<?>) x).size()));
    }
    if (type.is(Kind.MAP)) {
      return new Resolved(Type.INT, Kernel.unary(x -> ((Map<?, ?>) x).size()));
    }
    throw new TypeMismatch("size takes an array or a map, not " + type);
  }

  private static Resolved contains(Arguments arguments) {
    Type array = arguments.type(0);
    Type wanted = arguments.type(1);
    if (!array.is(Kind.ARRAY)) {
      throw new TypeMismatch("array_contains takes an array, not " + array);
    }
    if (wanted.is(Kind.NULL)) {
      throw new TypeMismatch("array_contains cannot look for NULL");
    }
    if (array.element().is(Kind.DYNAMIC)) {
      return new Resolved(Type.BOOLEAN, Kernel.binary((list, x) -> has((List<?>) list, x, wanted)));
    }
    Type common = Coercion.common(array.element(), wanted);
    if (common == null) {
      throw new TypeMismatch("array_contains cannot compare " + array.element() + " to " + wanted);
    }
    Comparator<Object> order = Ordering.of(common);
    if (!common.equals(array.element())) {
      arguments.take(0, Type.array(common));
    }
    arguments.take(1, common);
    return new Resolved(
        Type.BOOLEAN,
        Kernel.binary(
            (list, x) -> {
              boolean unknown = false;
              for (Object element : (List<?>) list) {
                if (element == null) {
                  unknown = true;
                } else if (order.compare(element, x) == 0) {
                  return true;
                }
              }
              return unknown ? null : false;
            }));
  }

  private static Boolean has(List<?> list, Object wanted, Type type) {
    boolean unknown = false;
    for (Object raw : list) {
      Object element = ConnectTypes.normal(raw);
      if (element == null) {
        unknown = true;
      } else {
        Type of = ConnectTypes.of(element);
        Type common = Coercion.common(of, type);
        if (common != null
            && Ordering.has(common)
            && Ordering.of(common)
                    .compare(
                        Casts.explicit(of, common).apply(element),
                        Casts.explicit(type, common).apply(wanted))
                == 0) {
          return true;
        }
      }
    }
    return unknown ? null : false;
  }

  private static Resolved element(Arguments arguments, boolean fromOne) {
    Type type = arguments.type(0);
    if (type.is(Kind.MAP)) {
      arguments.take(1, type.key());
      return new Resolved(
          type.element(),
          Kernel.binary((map, key) -> ConnectTypes.normal(((Map<?, ?>) map).get(key))));
    }
    if (!type.is(Kind.ARRAY)) {
      throw new TypeMismatch("An element is taken of an array or a map, not of " + type);
    }
    if (!arguments.type(1).kind().isIntegral() && !arguments.type(1).is(Kind.NULL)) {
      throw new TypeMismatch("The index of an array is a whole number, not " + arguments.type(1));
    }
    arguments.take(1, Type.INT);
    return new Resolved(
        type.element(),
        Kernel.binary(
            (list, index) ->
                ConnectTypes.normal(
                    fromOne
                        ? fromOne((List<?>) list, (Integer) index)
                        : at((List<?>) list, (Integer) index))));
  }

  private static Object fromOne(List<?> list, int index) {
    if (index == 0) {
      throw new Failure("element_at counts from 1, and the index is 0");
    }
    return at(list, index > 0 ? index - 1 : list.size() + index);
  }

  private static Object at(List<?> list, int index) {
    if (index < 0 || index >= list.size()) {
      throw new Failure("the array has no element of this index");
    }
    return list.get(index);
  }
}
