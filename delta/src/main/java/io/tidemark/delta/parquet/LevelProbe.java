package io.tidemark.delta.parquet;

import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** Reads one column below a field only for its levels, which show where the field is null. */
final class LevelProbe {

  private LevelProbe() {}

  static Node of(Type field) {
    if (field.isPrimitive()) {
      return new Node(field, new Ignored());
    }
    GroupType group = field.asGroupType();
    Node first = of(group.getType(0));
    return new Node(group.withNewFields(first.type()), new OnlyChild(first.converter()));
  }

  private static final class OnlyChild extends GroupConverter {
    private final Converter only;

    OnlyChild(Converter only) {
      this.only = only;
    }

    @Override
    public Converter getConverter(int index) {
      return only;
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  private static final class Ignored extends PrimitiveConverter {
    @Override
    public void addBinary(Binary value) {}

    @Override
    public void addBoolean(boolean value) {}

    @Override
    public void addDouble(double value) {}

    @Override
    public void addFloat(float value) {}

    @Override
    public void addInt(int value) {}

    @Override
    public void addLong(long value) {}
  }
}
