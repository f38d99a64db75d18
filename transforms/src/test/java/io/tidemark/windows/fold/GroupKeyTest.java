package io.tidemark.windows.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.windows.bytes.ByteReader;
import io.tidemark.windows.bytes.ByteWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupKeyTest {

  @Provide
  Arbitrary<List<Object>> groups() {
    Arbitrary<Object> text =
        Arbitraries.strings()
            .withChars('\0', '\1', 'a', '\u00ff', 'é', '\uffff')
            .ofMaxLength(3)
            .edgeCases(edges -> edges.add("😀"))
            .map(any -> any);
    Arbitrary<Object> uuid =
        Arbitraries.of(
            "00112233-4455-6677-8899-aabbccddeeff",
            "00112233-4455-6677-8899-AABBCCDDEEFF",
            "00112233-4455-6677-8899aabbccddeeff-",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "0011223\u0000-4455-6677-8899-aabbccddeeff");
    Arbitrary<Object> bytes =
        Arbitraries.of((byte) 0, (byte) 1, (byte) -1)
            .array(byte[].class)
            .ofMaxSize(3)
            .map(any -> any);
    Arbitrary<Object> number =
        Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.longs().between(-2, 2)).map(any -> any);
    Arbitrary<Object> decimal =
        Arbitraries.longs()
            .between(-30, 30)
            .flatMap(
                unscaled ->
                    Arbitraries.integers()
                        .between(-2, 3)
                        .map(scale -> BigDecimal.valueOf(unscaled, scale)));
    Arbitrary<Object> floating =
        Arbitraries.of(0.0, -0.0, 1.0, -1.5, Double.NaN, Double.NEGATIVE_INFINITY);
    Arbitrary<Object> value =
        Arbitraries.oneOf(
            text, uuid, bytes, number, decimal, floating, Arbitraries.of(true, false), nulls());
    return value.list().ofMinSize(1).ofMaxSize(3);
  }

  private static Arbitrary<Object> nulls() {
    return Arbitraries.just(0).map(any -> null);
  }

  @Property(tries = 1000)
  void givesBackEveryGroup(@ForAll("groups") List<Object> group) {
    ByteReader in = new ByteReader().reset(key(group));
    for (Object value : group) {
      assertThat(same(GroupKey.read(in), value)).as("%s", value).isTrue();
    }
    assertThat(in.remaining()).isZero();
  }

  @Property(tries = 2000)
  void hasEqualBytesForEqualGroupsAloneAndNoBytesThatBeginOthers(
      @ForAll("groups") List<Object> one, @ForAll("groups") List<Object> other) {
    byte[] a = key(one);
    byte[] b = key(other);
    int shared = Arrays.mismatch(a, b);
    if (one.size() == other.size()) {
      boolean equal = true;
      for (int i = 0; i < one.size(); i++) {
        equal &= same(one.get(i), other.get(i));
      }
      assertThat(shared < 0).isEqualTo(equal);
      assertThat(shared < Math.min(a.length, b.length)).isTrue();
    }
  }

  @Property(tries = 500)
  void sortsTextAsItsBytesAndNumbersBySize(
      @ForAll String one, @ForAll String other, @ForAll long number, @ForAll long next) {
    assertThat(compare(one, other))
        .isEqualTo(
            Integer.signum(
                Arrays.compareUnsigned(
                    one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8))));
    assertThat(compare(number, next)).isEqualTo(Long.compare(number, next));
    assertThat(compare(null, number)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource({
    "a,     0761 0000",
    "é,     07c3a9 0000",
    "'',    07 0000",
  })
  void writesTextAsTheDocumentationSays(String text, String hex) {
    assertThat(HexFormat.of().formatHex(key(List.of(text)))).isEqualTo(hex.replace(" ", ""));
  }

  @Test
  void writesTheTextOfAUuidAsItsBytes() {
    assertThat(hex("00112233-4455-6677-8899-aabbccddeeff"))
        .isEqualTo("0900112233445566778899aabbccddeeff");
    assertThat(hex("00112233-4455-6677-8899-AABBCCDDEEFF")).startsWith("07");
  }

  @Test
  void writesTheOtherKindsAsTheDocumentationSays() {
    assertThat(hex("a\0")).isEqualTo("076100ff0000");
    assertThat(hex(new byte[] {0, 5})).isEqualTo("0800ff050000");
    assertThat(hex(null)).isEqualTo("01");
    assertThat(hex(false)).isEqualTo("02");
    assertThat(hex(true)).isEqualTo("03");
    assertThat(hex(1L)).isEqualTo("048000000000000001");
    assertThat(hex(-1L)).isEqualTo("047fffffffffffffff");
    assertThat(hex(-0.0)).isEqualTo(hex(0.0)).isEqualTo("050000000000000000");
    assertThat(hex(Double.longBitsToDouble(0x7ff8000000000123L))).isEqualTo(hex(Double.NaN));
    assertThat(hex(new BigDecimal("-1.50"))).isEqualTo("06" + "2d31352f31" + "0000");
    assertThat(hex(new BigDecimal("0.00"))).isEqualTo("06" + "302f30" + "0000");
  }

  @Test
  void tellsAKindThatIsNone() {
    assertThatThrownBy(() -> hex(1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GroupKey.read(new ByteReader().reset(new byte[] {10})))
        .hasMessage("a group key has the unknown tag 10");
  }

  private static String hex(Object value) {
    List<Object> group = new ArrayList<>();
    group.add(value);
    return HexFormat.of().formatHex(key(group));
  }

  private static int compare(Object one, Object other) {
    List<Object> a = new ArrayList<>();
    a.add(one);
    return Integer.signum(Arrays.compareUnsigned(key(a), key(List.of(other))));
  }

  private static byte[] key(List<Object> group) {
    ByteWriter out = new ByteWriter(1);
    group.forEach(value -> GroupKey.write(value, out));
    return out.copy();
  }

  private static boolean same(Object one, Object other) {
    if (one == null || other == null) {
      return one == other;
    }
    if (one instanceof byte[] a && other instanceof byte[] b) {
      return Arrays.equals(a, b);
    }
    if (one instanceof BigDecimal a && other instanceof BigDecimal b) {
      return a.compareTo(b) == 0;
    }
    if (one instanceof Double a && other instanceof Double b) {
      return a.equals(b) || (a == 0 && b == 0);
    }
    return one.equals(other);
  }
}
