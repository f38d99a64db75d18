import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes the SHA-512 of each file beside it, in the form that {@code sha512sum --check} reads. */
final class Digests {

  private Digests() {}

  public static void main(String[] files) throws IOException, NoSuchAlgorithmException {
    for (String name : files) {
      Path file = Path.of(name);
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
        content.transferTo(java.io.OutputStream.nullOutputStream());
      }
      Files.writeString(
          Path.of(name + ".sha512"),
          HexFormat.of().formatHex(digest.digest()) + "  " + file.getFileName() + "\n");
    }
  }
}
