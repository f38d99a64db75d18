package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All operators and functions that take their arguments by value. */
public final class Functions {

  private static final Map<String, Definition> FUNCTIONS = functions();
  private static final Map<String, Definition> OPERATORS = operators();

  private Functions() {}

  /** The operator or function of a name in lower case, or null. */
  public static Definition find(String name) {
    Definition operator = OPERATORS.get(name);
    return operator == null ? FUNCTIONS.get(name) : operator;
  }

  /** The functions in the order of their names, for the reference. */
  public static List<Definition> listed() {
    return new ArrayList<>(FUNCTIONS.values());
  }

  private static Map<String, Definition> functions() {
    Map<String, Definition> all = new TreeMap<>();
    all.putAll(TextFunctions.all());
    all.putAll(PatternFunctions.all());
    all.putAll(NumberFunctions.all());
    all.putAll(TimeFunctions.all());
    all.putAll(BinaryFunctions.all());
    all.putAll(CollectionFunctions.all());
    all.putAll(ExtremeFunctions.all());
    return Collections.unmodifiableMap(all);
  }

  private static Map<String, Definition> operators() {
    Map<String, Definition> all = new HashMap<>();
    Comparisons.addTo(all);
    Arithmetic.addTo(all);
    PatternFunctions.addLike(all);
    CollectionFunctions.addSubscript(all);
    all.put("||", FUNCTIONS.get("concat"));
    all.put("not", truth("not", true, x -> x == null ? null : !x));
    all.put("istrue", truth("istrue", false, x -> x != null && x));
    all.put("isfalse", truth("isfalse", false, x -> x != null && !x));
    return all;
  }

  private static Definition truth(
      String name, boolean strict, java.util.function.UnaryOperator<Boolean> function) {
    return new Definition(
        name,
        name,
        "",
        1,
        1,
        strict,
        arguments -> {
          if (!arguments.type(0).is(Kind.BOOLEAN) && !arguments.type(0).is(Kind.NULL)) {
            throw new TypeMismatch("A boolean is needed, not " + arguments.type(0));
          }
          return new Resolved(Type.BOOLEAN, Kernel.unary(x -> function.apply((Boolean) x)));
        });
  }
}
