package io.tidemark.delta.parquet;

import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.FieldPath;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** A group into a Struct. Fields that the file does not have stay null. */
final class StructConverter extends GroupConverter {

  private final Schema schema;
  private final Cell cell;
  private final List<Converter> children = new ArrayList<>();
  private RowStruct current;

  private StructConverter(Schema schema, Cell cell) {
    this.schema = schema;
    this.cell = cell;
  }

  static Node node(
      ColumnType.Struct struct,
      Schema schema,
      GroupType file,
      String path,
      FileCalendar calendar,
      Cell cell) {
    StructConverter converter = new StructConverter(schema, cell);
    List<Type> read = new ArrayList<>();
    for (int i = 0; i < struct.columns().size(); i++) {
      Column column = struct.columns().get(i);
      Type found = FileFields.find(file, column);
      if (found != null) {
        int field = i;
        Node child =
            Node.of(
                column.type(),
                schema.fields().get(i).schema(),
                found,
                FieldPath.child(path, column.name()),
                calendar,
                value -> converter.current.decoded(field, value));
        read.add(child.type());
        converter.children.add(child.converter());
      }
    }
    if (read.isEmpty()) {
      // Only a field of the struct shows whether the struct is null.
      Node witness = LevelProbe.of(file.getType(0));
      read.add(witness.type());
      converter.children.add(witness.converter());
    }
    return new Node(file.withNewFields(read), converter);
  }

  @Override
  public Converter getConverter(int index) {
    return children.get(index);
  }

  @Override
  public void start() {
    current = new RowStruct(schema);
  }

  @Override
  public void end() {
    cell.accept(current);
  }
}
