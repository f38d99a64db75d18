package io.tidemark.windows.field;

import io.tidemark.common.ForwardClock;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.value.ValueException;
import io.tidemark.expressions.Compiler;
import io.tidemark.expressions.RecordScope;
import io.tidemark.expressions.Row;
import io.tidemark.expressions.SchemaCache;
import io.tidemark.expressions.Typed;
import io.tidemark.expressions.syntax.SyntaxException;
import io.tidemark.expressions.type.ConnectTypes;
import io.tidemark.expressions.type.Failure;
import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import io.tidemark.windows.config.Input;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Computes an expression from records, in the classes that aggregate functions take. It is compiled
 * once for each schema.
 */
public final class ComputedReader implements InputReader {

  private static final long MICROS_PER_SECOND = 1_000_000L;

  private final Input.Computed input;
  private final String path;
  private final SchemaCache<Typed> compiled = new SchemaCache<>();
  private boolean found;
  private ColumnType type;

  public ComputedReader(Input.Computed input) {
    this.input = input;
    this.path = input.toString();
  }

  @Override
  public Object read(ConnectRecord<?> record) {
    Object root = record.value();
    Schema schema = root instanceof Struct struct ? struct.schema() : null;
    if (schema == null && !(root instanceof Map)) {
      throw FieldErrors.notARecord(record, path);
    }
    try {
      Typed typed =
          compiled.of(
              schema,
              record.keySchema(),
              pair ->
                  Compiler.compile(
                      input.text(), input.node(), new RecordScope(pair.root(), pair.key())));
      Object value = typed.expression().evaluate(new Row(record, root, ForwardClock.SYSTEM));
      boolean dynamic = typed.type().is(Kind.DYNAMIC);
      Type of = dynamic ? ConnectTypes.of(value) : typed.type();
      type = column(of, dynamic);
      found |= schema != null || value != null;
      return value == null ? null : normal(value);
    } catch (Failure e) {
      throw FieldErrors.noResult(record, input.text(), e);
    } catch (SyntaxException e) {
      throw FieldErrors.unfitExpression(record, e);
    } catch (ValueException e) {
      throw FieldErrors.unreadable(record, path, e.reason(), e);
    }
  }

  /** A decimal without a schema has all digits, so that its type does not grow with its values. */
  private ColumnType column(Type of, boolean dynamic) {
    return switch (of.kind()) {
      case NULL -> null;
      case BOOLEAN -> Primitive.BOOLEAN;
      case BYTE -> Primitive.BYTE;
      case SHORT -> Primitive.SHORT;
      case INT -> dynamic ? Primitive.LONG : Primitive.INTEGER;
      case LONG -> Primitive.LONG;
      case FLOAT -> Primitive.FLOAT;
      case DOUBLE -> Primitive.DOUBLE;
      case DECIMAL ->
          new ColumnType.Decimal(dynamic ? Type.MAX_PRECISION : of.precision(), of.scale());
      case STRING -> Primitive.STRING;
      case BINARY -> Primitive.BINARY;
      case DATE -> Primitive.DATE;
      case TIMESTAMP -> Primitive.TIMESTAMP;
      default -> throw new ValueException(path, of + " is no scalar");
    };
  }

  private Object normal(Object value) {
    if (value instanceof String text) {
      return FieldReader.whole(text, path);
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    if (value instanceof LocalDate date) {
      return date.toEpochDay();
    }
    if (value instanceof Instant instant) {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND),
          instant.getNano() / 1000L);
    }
    return value;
  }

  @Override
  public ColumnType type() {
    return type;
  }

  @Override
  public String path() {
    return path;
  }

  /** Without a schema there is no telling a wrong name from a field that is null. */
  @Override
  public boolean had() {
    return true;
  }

  @Override
  public boolean isFound() {
    return found;
  }
}
