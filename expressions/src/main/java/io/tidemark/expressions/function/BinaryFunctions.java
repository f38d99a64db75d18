package io.tidemark.expressions.function;

import io.tidemark.expressions.type.Failure;
import io.tidemark.expressions.type.Kind;
import io.tidemark.expressions.type.Type;
import io.tidemark.expressions.type.TypeMismatch;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/** Functions of bytes: digests and their forms as text. */
final class BinaryFunctions {

  private static final Type B = Type.BINARY;
  private static final Type S = Type.STRING;
  private static final HexFormat LOWER = HexFormat.of();
  private static final HexFormat UPPER = HexFormat.of().withUpperCase();

  private BinaryFunctions() {}

  static Map<String, Definition> all() {
    Library library = new Library();
    library.fixed("md5(x)", "hexadecimal", 1, List.of(B), S, Kernel.unary(x -> digest("MD5", x)));
    library.fixed(
        "sha1(x)", "hexadecimal", 1, List.of(B), S, Kernel.unary(x -> digest("SHA-1", x)));
    library.alias("sha", "sha1");
    library.fixed(
        "sha2(x, bits)",
        "hexadecimal; 224, 256, 384 or 512 bits, 0 is 256, null for another number",
        2,
        List.of(B, Type.INT),
        S,
        Kernel.binary(BinaryFunctions::sha2));
    library.fixed(
        "crc32(x)", "the checksum, a bigint", 1, List.of(B), Type.LONG, Kernel.unary(x -> crc(x)));
    library.typed(
        "hex(x)", "hexadecimal, of a whole number, a text or bytes", 1, 1, BinaryFunctions::hex);
    library.fixed(
        "unhex(s)",
        "bytes; null if the text is not hexadecimal",
        1,
        List.of(S),
        B,
        Kernel.unary(s -> unhex((String) s)));
    library.fixed(
        "base64(x)",
        "Base64 with padding",
        1,
        List.of(B),
        S,
        Kernel.unary(x -> Texts.bounded(Base64.getEncoder().encodeToString((byte[]) x))));
    library.fixed(
        "unbase64(s)", "bytes", 1, List.of(S), B, Kernel.unary(s -> unbase64((String) s)));
    return library.functions();
  }

  private static String digest(String algorithm, Object bytes) {
    try {
      return LOWER.formatHex(MessageDigest.getInstance(algorithm).digest((byte[]) bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new Failure("this JVM does not offer the digest");
    }
  }

  private static String sha2(Object bytes, Object bits) {
    return switch ((Integer) bits) {
      case 0, 256 -> digest("SHA-256", bytes);
      case 224 -> digest("SHA-224", bytes);
      case 384 -> digest("SHA-384", bytes);
      case 512 -> digest("SHA-512", bytes);
      default -> null;
    };
  }

  private static Long crc(Object bytes) {
    CRC32 crc = new CRC32();
    crc.update((byte[]) bytes);
    return crc.getValue();
  }

  private static Resolved hex(Arguments arguments) {
    Type type = arguments.type(0);
    if (type.is(Kind.BINARY)) {
      return new Resolved(S, Kernel.unary(x -> bounded((byte[]) x)));
    }
    if (type.is(Kind.STRING) || type.is(Kind.NULL)) {
      arguments.take(0, S);
      return new Resolved(
          S, Kernel.unary(x -> bounded(((String) x).getBytes(StandardCharsets.UTF_8))));
    }
    if (!type.kind().isIntegral()) {
      throw new TypeMismatch("hex takes a whole number, a text or bytes, not " + type);
    }
    arguments.take(0, Type.LONG);
    return new Resolved(S, Kernel.unary(x -> Long.toHexString((Long) x).toUpperCase(Locale.ROOT)));
  }

  private static String bounded(byte[] bytes) {
    Texts.bounded(2L * bytes.length);
    return UPPER.formatHex(bytes);
  }

  private static byte[] unhex(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return null;
      }
    }
    return HexFormat.of().parseHex(text.length() % 2 == 0 ? text : "0" + text);
  }

  private static byte[] unbase64(String text) {
    try {
      return Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new Failure("a text is not Base64");
    }
  }
}
