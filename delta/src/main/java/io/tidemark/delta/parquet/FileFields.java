package io.tidemark.delta.parquet;

import io.tidemark.delta.schema.Column;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** Which field of a file holds a column. */
final class FileFields {

  private FileFields() {}

  /** By field id where the column has one, else by name, else by name ignoring case; or null. */
  static Type find(GroupType file, Column column) {
    if (column.fieldId().isPresent()) {
      for (Type field : file.getFields()) {
        if (field.getId() != null && field.getId().intValue() == column.fieldId().getAsInt()) {
          return field;
        }
      }
    }
    return find(file, column.physicalName());
  }

  /** By name, else by name ignoring case; or null. */
  static Type find(GroupType file, String name) {
    if (file.containsField(name)) {
      return file.getType(name);
    }
    for (Type field : file.getFields()) {
      if (field.getName().equalsIgnoreCase(name)) {
        return field;
      }
    }
    return null;
  }
}
