package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Casts;
import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.util.List;
import java.util.function.UnaryOperator;

/** The types of the arguments of a call, and what they are converted to. */
public final class Arguments {

  private final List<Type> types;
  private final List<Object> constants;
  private final UnaryOperator<Object>[] conversions;

  /**
   * @param constants the value of each argument that is a literal, else null
   */
  @SuppressWarnings({"unchecked", "rawtypes"})
  public Arguments(List<Type> types, List<Object> constants) {
    this.types = types;
    this.constants = constants;
    this.conversions = new UnaryOperator[types.size()];
  }

  public int size() {
    return types.size();
  }

  public Type type(int index) {
    return types.get(index);
  }

  public List<Type> types() {
    return types;
  }

  /** The value of a literal, or null. */
  public Object constant(int index) {
    return constants.get(index);
  }

  /** Converts an argument as Spark does without a CAST. */
  public void take(int index, Type target) {
    Type from = types.get(index);
    UnaryOperator<Object> conversion = Casts.implicit(from, target);
    if (conversion == null) {
      throw new TypeMismatch(
          "Argument " + (index + 1) + " is " + from + ", but " + target + " is needed");
    }
    conversions[index] = from.equals(target) ? null : conversion;
  }

  /** Converts all arguments from one on. */
  public void takeAll(int from, Type target) {
    for (int i = from; i < size(); i++) {
      take(i, target);
    }
  }

  /** Converts a number or a text to the type as which a function of numbers takes it. */
  public Type takeNumber(int index) {
    Type type = types.get(index);
    if (type.is(Kind.STRING) || type.is(Kind.NULL)) {
      take(index, Type.DOUBLE);
      return Type.DOUBLE;
    }
    if (!type.kind().isNumeric()) {
      throw new TypeMismatch(
          "Argument " + (index + 1) + " is " + type + ", but a number is needed");
    }
    return type;
  }

  /** What converts each argument that is not null; null where nothing does. */
  public UnaryOperator<Object>[] conversions() {
    return conversions;
  }
}
