package io.tidemark.converters;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Random schemas with random values. */
final class TypedValues {

  private static final long MILLIS_PER_DAY = 86_400_000L;

  private final Random random;

  private TypedValues(Random random) {
    this.random = random;
  }

  static Arbitrary<SchemaAndValue> any() {
    return Arbitraries.longs()
        .map(
            seed -> {
              TypedValues values = new TypedValues(new Random(seed));
              Schema schema = values.schema(3);
              return new SchemaAndValue(schema, values.value(schema));
            });
  }

  /** The value with bytes and byte buffers as lists, so that it can be compared. */
  static Object comparable(Object value) {
    if (value instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes);
    }
    if (value instanceof List<?> list) {
      List<Object> comparable = new ArrayList<>();
      list.forEach(element -> comparable.add(comparable(element)));
      return comparable;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> comparable = new LinkedHashMap<>();
      map.forEach((key, element) -> comparable.put(comparable(key), comparable(element)));
      return comparable;
    }
    if (value instanceof Struct struct) {
      List<Object> fields = new ArrayList<>();
      for (Field field : struct.schema().fields()) {
        fields.add(Arrays.asList(field.name(), comparable(struct.get(field))));
      }
      return fields;
    }
    return value;
  }

  private Schema schema(int depth) {
    SchemaBuilder builder = builder(random.nextInt(depth == 0 ? 13 : 16), depth);
    if (random.nextInt(3) == 0) {
      builder.optional();
    }
    if (random.nextInt(4) == 0) {
      builder.doc("what it is: \"ä\"").parameter("p", "v\n");
    }
    if (builder.name() == null && random.nextInt(3) == 0) {
      builder.name("io.example.N" + random.nextInt(9)).version(random.nextInt(9));
    }
    // A builder takes no struct as its default.
    if (builder.type() != Schema.Type.STRUCT && random.nextInt(4) == 0) {
      builder.defaultValue(notNull(builder.build()));
    }
    return builder.build();
  }

  private SchemaBuilder builder(int type, int depth) {
    return switch (type) {
      case 0 -> SchemaBuilder.bool();
      case 1 -> SchemaBuilder.int8();
      case 2 -> SchemaBuilder.int16();
      case 3 -> SchemaBuilder.int32();
      case 4 -> SchemaBuilder.int64();
      case 5 -> SchemaBuilder.float32();
      case 6 -> SchemaBuilder.float64();
      case 7 -> SchemaBuilder.string();
      case 8 -> SchemaBuilder.bytes();
      case 9 -> Decimal.builder(3);
      case 10 -> Date.builder();
      case 11 -> Time.builder();
      case 12 -> Timestamp.builder();
      case 13 -> SchemaBuilder.array(schema(depth - 1));
      case 14 -> SchemaBuilder.map(key(), schema(depth - 1));
      default -> {
        SchemaBuilder struct = SchemaBuilder.struct();
        for (int i = random.nextInt(5); i >= 0; i--) {
          struct.field("field ä" + i, schema(depth - 1));
        }
        yield struct;
      }
    };
  }

  private Schema key() {
    return random.nextBoolean() ? Schema.STRING_SCHEMA : Schema.INT32_SCHEMA;
  }

  /** Null only where the schema has no default, which would take its place. */
  private Object value(Schema schema) {
    boolean missing =
        schema.isOptional() && schema.defaultValue() == null && random.nextInt(3) == 0;
    return missing ? null : notNull(schema);
  }

  private Object notNull(Schema schema) {
    if (schema.name() != null) {
      switch (schema.name()) {
        case Decimal.LOGICAL_NAME -> {
          return new BigDecimal(BigInteger.valueOf(random.nextLong() | 1), 3);
        }
        case Date.LOGICAL_NAME -> {
          return at((random.nextInt(60_000) - 20_000) * MILLIS_PER_DAY);
        }
        case Time.LOGICAL_NAME -> {
          return at(random.nextInt((int) MILLIS_PER_DAY));
        }
        case Timestamp.LOGICAL_NAME -> {
          return at(random.nextLong() >> 18);
        }
        default -> {
          // A name without meaning.
        }
      }
    }
    return switch (schema.type()) {
      case BOOLEAN -> random.nextBoolean();
      case INT8 -> (byte) random.nextInt();
      case INT16 -> (short) random.nextInt();
      case INT32 -> random.nextInt();
      case INT64 -> random.nextLong();
      case FLOAT32 -> (float) random.nextGaussian();
      case FLOAT64 -> random.nextGaussian() * Math.pow(10, random.nextInt(80) - 40);
      case STRING -> "text \"ä\n🌊" + random.nextInt(100);
      case BYTES -> bytes();
      case ARRAY -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(schema.valueSchema()));
        }
        yield list;
      }
      case MAP -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(notNull(schema.keySchema()), value(schema.valueSchema()));
        }
        yield map;
      }
      case STRUCT -> {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
          struct.put(field, value(field.schema()));
        }
        yield struct;
      }
    };
  }

  private static java.util.Date at(long millis) {
    return java.util.Date.from(Instant.ofEpochMilli(millis));
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(9)];
    random.nextBytes(bytes);
    return bytes;
  }
}
