package io.tidemark.delta.parquet;

import io.tidemark.delta.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Whole rows: the columns to read from a file of this schema, and the Struct of each row. */
final class RowMaterializer extends RecordMaterializer<Struct> {

  private final RowColumns columns;
  private final MessageType read;
  private final List<Converter> children = new ArrayList<>();
  private final GroupConverter root = new Root();
  private final int[] constantFields;
  private final Object[] constantValues;
  private RowStruct current;
  private String tag;

  /**
   * @throws ColumnMismatchException when the file has a column of a type that cannot be read
   */
  RowMaterializer(RowColumns columns, MessageType file, FileCalendar calendar) {
    this.columns = columns;
    List<Type> fields = new ArrayList<>();
    for (int i = 0; i < columns.columns().columns().size(); i++) {
      if (!columns.constants().containsKey(i)) {
        add(i, file, calendar, fields);
      }
    }
    if (columns.tagColumn() != null) {
      addTag(file, fields);
    }
    this.read = new MessageType(file.getName(), fields);
    Map<Integer, Object> constants = columns.constants();
    this.constantFields = constants.keySet().stream().mapToInt(Integer::intValue).toArray();
    this.constantValues = constants.values().toArray();
  }

  private void add(int index, MessageType file, FileCalendar calendar, List<Type> fields) {
    Column column = columns.columns().columns().get(index);
    Type found = FileFields.find(file, column);
    if (found != null) {
      Node node =
          Node.of(
              column.type(),
              columns.schema().fields().get(index).schema(),
              found,
              column.name(),
              calendar,
              value -> current.decoded(index, value));
      fields.add(node.type());
      children.add(node.converter());
    }
  }

  private void addTag(MessageType file, List<Type> fields) {
    Type found = FileFields.find(file, columns.tagColumn());
    if (found != null) {
      fields.add(found);
      children.add(
          new DictionaryConverter(value -> tag = (String) value, Binary::toStringUsingUTF8));
    }
  }

  /** The file's schema without the parts that are not read. */
  MessageType read() {
    return read;
  }

  /** The tag of the current row, or null. */
  String tag() {
    return tag;
  }

  @Override
  public Struct getCurrentRecord() {
    return current;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  private final class Root extends GroupConverter {
    @Override
    public Converter getConverter(int index) {
      return children.get(index);
    }

    @Override
    public void start() {
      tag = null;
      current = new RowStruct(columns.schema());
      for (int i = 0; i < constantFields.length; i++) {
        current.decoded(constantFields[i], constantValues[i]);
      }
    }

    @Override
    public void end() {}
  }
}
