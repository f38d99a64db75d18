package io.tidemark.transforms;

import io.tidemark.expressions.Compiler;
import io.tidemark.expressions.RecordScope;
import io.tidemark.expressions.syntax.ExpressionParser;
import io.tidemark.expressions.syntax.SelectItem;
import io.tidemark.expressions.syntax.SyntaxException;
import io.tidemark.expressions.type.TypeMismatch;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/** The keys that hold expressions, and what is checked before there is a record. */
final class ExpressionKey {

  static final String CONDITION = "condition";
  static final String COLUMNS = "columns";

  private ExpressionKey() {}

  static ConfigDef condition() {
    return define(
        CONDITION,
        "a condition",
        ExpressionKey::checkCondition,
        "The condition in Spark's SQL, such as status = 'PAID' AND amount > 100. A record for which"
            + " it is true is kept; a record for which it is false or null is dropped.");
  }

  static ConfigDef select() {
    return define(
        COLUMNS,
        "a list of columns",
        text -> columns(text, ExpressionParser.parseSelect(text)),
        "The columns of the result in their order, separated by commas: fields, expressions with AS"
            + " and a name, and * for all fields. Example: order_id, price * quantity AS total.");
  }

  static ConfigDef assignments() {
    return define(
        COLUMNS,
        "a list of name=expression",
        text -> columns(text, ExpressionParser.parseAssignments(text)),
        "The columns to add, separated by commas, each a name, = and an expression. A field of the"
            + " same name is replaced in its place. All expressions see the record as it came."
            + " Example: total=price * quantity, processed_at=current_timestamp().");
  }

  private static ConfigDef define(
      String key, String values, Consumer<String> check, String documentation) {
    return new ConfigDef()
        .define(
            key,
            ConfigDef.Type.STRING,
            ConfigDef.NO_DEFAULT_VALUE,
            new Check(values, check),
            Importance.HIGH,
            documentation);
  }

  private static void checkCondition(String text) {
    Conditions.compile(text, RecordScope.WITHOUT_SCHEMA);
  }

  private static void columns(String text, List<SelectItem> items) {
    Set<String> names = new HashSet<>();
    for (SelectItem item : items) {
      if (!item.isStar()) {
        Compiler.compile(text, item.node(), RecordScope.WITHOUT_SCHEMA);
        if (!names.add(item.name())) {
          throw new TypeMismatch("Two columns have the name " + item.name());
        }
      }
    }
  }

  /** A check as a validator of Kafka. */
  private record Check(String values, Consumer<String> check) implements ConfigDef.Validator {

    @Override
    public void ensureValid(String key, Object value) {
      if (value == null) {
        throw new ConfigException("Missing configuration " + key + ": it must not be empty.");
      }
      try {
        check.accept((String) value);
      } catch (SyntaxException | TypeMismatch e) {
        throw new ConfigException(
            "Invalid expression for configuration " + key + ": " + e.getMessage());
      }
    }

    @Override
    public String toString() {
      return values;
    }
  }
}
