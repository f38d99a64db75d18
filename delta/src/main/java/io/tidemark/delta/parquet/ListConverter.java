package io.tidemark.delta.parquet;

import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.FieldPath;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/**
 * A group of a repeated field into a list. The repeated field is the wrapper of an element that may
 * be null, or, in files of old writers, the element itself.
 */
final class ListConverter extends GroupConverter {

  private final Cell cell;
  private Converter repeated;
  private List<Object> current;

  private ListConverter(Cell cell) {
    this.cell = cell;
  }

  static Node node(
      ColumnType.Array array,
      Schema schema,
      GroupType file,
      String path,
      FileCalendar calendar,
      Cell cell) {
    if (file.getFieldCount() != 1 || !file.getType(0).isRepetition(Type.Repetition.REPEATED)) {
      throw new ColumnMismatchException(path, array, file);
    }
    ListConverter converter = new ListConverter(cell);
    Type repeated = file.getType(0);
    String place = FieldPath.element(path);
    Schema element = schema.valueSchema();
    Type read;
    if (isElement(file, repeated, array.element())) {
      Node node =
          Node.of(
              array.element(), element, repeated, place, calendar, v -> converter.current.add(v));
      converter.repeated = node.converter();
      read = node.type();
    } else {
      Wrapper wrapper = new Wrapper(converter);
      GroupType group = repeated.asGroupType();
      Node node =
          Node.of(array.element(), element, group.getType(0), place, calendar, wrapper::accept);
      wrapper.element = node.converter();
      converter.repeated = wrapper;
      read = group.withNewFields(node.type());
    }
    return new Node(file.withNewFields(read), converter);
  }

  /** The rules of the Parquet format for distinguishing old lists from new ones. */
  private static boolean isElement(GroupType list, Type repeated, ColumnType element) {
    if (repeated.isPrimitive() || repeated.asGroupType().getFieldCount() > 1) {
      return true;
    }
    if (repeated.getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
        || repeated.getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation) {
      return true;
    }
    boolean oldName =
        repeated.getName().equals("array") || repeated.getName().equals(list.getName() + "_tuple");
    return oldName && element instanceof ColumnType.Struct;
  }

  @Override
  public Converter getConverter(int index) {
    return repeated;
  }

  @Override
  public void start() {
    current = new ArrayList<>();
  }

  @Override
  public void end() {
    cell.accept(current);
  }

  /** The wrapper around one element. */
  private static final class Wrapper extends GroupConverter {
    private final ListConverter list;
    private Converter element;
    private Object value;

    Wrapper(ListConverter list) {
      this.list = list;
    }

    void accept(Object decoded) {
      value = decoded;
    }

    @Override
    public Converter getConverter(int index) {
      return element;
    }

    @Override
    public void start() {
      value = null;
    }

    @Override
    public void end() {
      list.current.add(value);
    }
  }
}
