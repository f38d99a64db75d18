package io.tidemark.converters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reference says about differences from Connect's converter, row by row. */
class ConnectDifferenceTest {

  private final Pair plain = Pair.withoutSchemas();
  private final Pair typed = Pair.withSchemas();

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\": 1, \"a\": 2}", "\"\\ud800\"", "1 x", "{} {}", "007", "[\"a\"] ]"})
  void connectsReadsTextsThatAreNotJson(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(read(plain.connects, bytes)).isNotNull();
    assertThatThrownBy(() -> read(plain.ours, bytes)).hasMessageStartingWith("TM-800 ");
  }

  @Test
  void connectsReadsOtherEncodings() {
    byte[] overlong = {'"', (byte) 0xc0, (byte) 0x80, '"'};
    for (byte[] text :
        List.of(
            overlong,
            "[1]".getBytes(StandardCharsets.UTF_16LE),
            "[1]".getBytes(StandardCharsets.UTF_16BE))) {
      assertThat(read(plain.connects, text)).isNotNull();
      assertThatThrownBy(() -> read(plain.ours, text)).hasMessageStartingWith("TM-800 ");
    }
  }

  @Test
  void connectsAltersNumbers() {
    assertThat(plain("18446744073709551617", plain.connects)).isEqualTo(1L);
    assertThat(plain("18446744073709551617", plain.ours))
        .isEqualTo(new BigDecimal("18446744073709551617"));
    assertThat(plain("1e400", plain.connects)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThatThrownBy(() -> plain("1e400", plain.ours)).hasMessageStartingWith("TM-801 ");
    assertThat(plain("-0.0", plain.connects)).isEqualTo(0.0);
    assertThat(plain("-0.0", plain.ours)).isEqualTo(-0.0);
  }

  @Test
  void connectsAltersWhatDoesNotFitItsSchema() {
    assertThat(typed("int8", "300", typed.connects)).isEqualTo((byte) 44);
    assertThat(typed("int32", "\"x\"", typed.connects)).isEqualTo(0);
    assertThat(typed("boolean", "\"x\"", typed.connects)).isEqualTo(false);
    assertThat(typed("string", "1", typed.connects)).isNull();
    assertThat(typed("double", "\"NaN\"", typed.connects)).isEqualTo(0.0);
    assertThat(typed("double", "\"NaN\"", typed.ours)).isEqualTo(Double.NaN);
  }

  @Test
  void connectsRefusesWhatOursTakes() {
    assertThat(read(plain.connects, new byte[0])).isNull();
    assertThatThrownBy(() -> read(typed.connects, new byte[0])).isInstanceOf(DataException.class);
    assertThat(read(typed.ours, new byte[0])).isNull();
    Struct struct = new Struct(SchemaBuilder.struct().field("f", Schema.INT8_SCHEMA).build());
    struct.put("f", (byte) 1);
    for (Object value : List.of(BigDecimal.ONE, Map.of("a", struct))) {
      assertThatThrownBy(() -> plain.connects.fromConnectData("t", null, value))
          .isInstanceOf(DataException.class);
      assertThat(plain.ours.fromConnectData("t", null, value)).isNotEmpty();
    }
    ByteBuffer part = ByteBuffer.wrap(new byte[3], 1, 1);
    assertThat(plain.connects.fromConnectData("t", Schema.BYTES_SCHEMA, part))
        .isEqualTo("\"AAAA\"".getBytes(StandardCharsets.UTF_8));
  }

  private static Object plain(String text, Converter converter) {
    return read(converter, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Object typed(String type, String payload, Converter converter) {
    String text = "{\"schema\": {\"type\": \"" + type + "\"}, \"payload\": " + payload + "}";
    return read(converter, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Object read(Converter converter, byte[] text) {
    return converter.toConnectData("t", text).value();
  }
}
