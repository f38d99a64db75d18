package io.tidemark.windows.config;

import io.tidemark.delta.schema.FieldRef;
import io.tidemark.expressions.syntax.ExpressionParser;
import io.tidemark.expressions.syntax.Node;
import io.tidemark.expressions.syntax.SelectItem;
import io.tidemark.expressions.syntax.SyntaxException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field or an expression to group by.
 *
 * @param column name of the result's column
 */
public record GroupField(String column, Input input) {

  /** A field, with optional backticks around names, and its column. */
  private static final Pattern PLAIN =
      Pattern.compile("(" + Items.FIELD + ")(?:\\s+as\\s+(\\S+))?", Pattern.CASE_INSENSITIVE);

  /** The name of a column at the end. */
  private static final Pattern ENDING =
      Pattern.compile("\\bas\\s+(?:`[^`]*`|[A-Za-z0-9_]+)\\s*$", Pattern.CASE_INSENSITIVE);

  /** A field of the record's value. */
  public GroupField(String column, FieldRef field) {
    this(column, new Input.Field(field));
  }

  /**
   * Reads a list: {@code product, address.city AS city, lower(country) AS country}.
   *
   * @throws SyntaxException when an expression is wrong
   * @throws IllegalArgumentException when a field is wrong; the message says what to change
   */
  static List<GroupField> parse(String list) {
    return list.isBlank() ? List.of() : Items.split(list).stream().map(GroupField::one).toList();
  }

  private static GroupField one(String text) {
    Matcher plain = PLAIN.matcher(text);
    if (plain.matches() && Items.isField(plain.group(1))) {
      FieldRef field = FieldRef.parse(plain.group(1));
      return new GroupField(plain.group(2) == null ? field.name() : plain.group(2), field);
    }
    List<SelectItem> items = ExpressionParser.parseSelect(text);
    SelectItem item = items.get(0);
    if (items.size() > 1 || item.isStar()) {
      throw new SyntaxException(text, 0, "Expected a field, or an expression with AS and a name");
    }
    if (!ENDING.matcher(text).find() && !item.name().equals(ownName(item.node()))) {
      // Otherwise a forgotten comma would give a column another name.
      throw new SyntaxException(
          text, text.length(), "Expected AS between " + item.name() + " and what is before it");
    }
    return new GroupField(item.name(), new Input.Computed(text, item.node()));
  }

  private static String ownName(Node node) {
    if (node instanceof Node.Column column) {
      return column.path().get(column.path().size() - 1);
    }
    return node instanceof Node.Member member ? member.name() : "";
  }
}
