import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Writes the SBOM of the plugin zip, in CycloneDX's JSON: the libraries as the repository has them,
 * with their hashes and licences.
 *
 * <p>Of its own, because CycloneDX's plugin for Maven refuses to run offline, and Maven then leaves
 * it out with a warning: the zip had no SBOM. A library that names no licence fails the build, and so
 * does one with another licence than ours that {@code THIRD-PARTY.md} does not name.
 */
final class Sbom {

  private static final Map<String, String> IDS = new LinkedHashMap<>();

  static {
    IDS.put("(?i).*apache.*2.*", "Apache-2.0");
    IDS.put("MIT-0", "MIT-0");
    IDS.put("(?i)BSD 2-Clause.*", "BSD-2-Clause");
    IDS.put("(?i)(BSD 3-Clause|Eclipse Distribution License).*", "BSD-3-Clause");
    IDS.put("(?i)Eclipse Public License.*2.*", "EPL-2.0");
    IDS.put("(?i)GNU General Public License, version 2", "GPL-2.0-only");
    // The licence of Go is this one, with its names.
    IDS.put("Go License", "BSD-3-Clause");
  }

  /** CDDL + GPLv2 with classpath exception, in one name. */
  private static final String CDDL_OR_GPL = "CDDL-1.0 OR GPL-2.0-only WITH Classpath-exception-2.0";

  private final Path repository;
  private final String version;
  private final String thirdParty;

  private Sbom(Path repository, String version, String thirdParty) {
    this.repository = repository;
    this.version = version;
    this.thirdParty = thirdParty;
  }

  /**
   * Takes the list of libraries, the local repository, our version, the time, the file to write, and
   * the page that has the texts of licences.
   */
  public static void main(String[] args) throws Exception {
    Sbom sbom = new Sbom(Path.of(args[1]), args[2], Files.readString(Path.of(args[5])));
    Map<String, String> components = new TreeMap<>();
    for (String jar : Files.readString(Path.of(args[0])).strip().split(java.io.File.pathSeparator)) {
      Library library = sbom.library(Path.of(jar));
      components.put(library.purl(), sbom.component(library));
    }
    Files.writeString(Path.of(args[4]), sbom.document(components, args[3]));
  }

  /** A jar, and where its pom is; ours have none there. */
  private record Library(Path jar, String group, String name, String version, Path pom) {
    String purl() {
      return "pkg:maven/" + group + "/" + name + "@" + version + "?type=jar";
    }
  }

  private Library library(Path jar) {
    if (!jar.startsWith(repository)) {
      String name = jar.getFileName().toString().replace("-" + version + ".jar", "");
      return new Library(jar, "io.tidemark", name, version, null);
    }
    Path directory = jar.getParent();
    Path artifact = directory.getParent();
    String group = repository.relativize(artifact.getParent()).toString().replace('/', '.').replace('\\', '.');
    String name = artifact.getFileName().toString();
    String number = directory.getFileName().toString();
    return new Library(jar, group, name, number, directory.resolve(name + "-" + number + ".pom"));
  }

  private String component(Library library) throws Exception {
    return """
            {
              "type": "library",
              "bom-ref": %1$s,
              "group": %2$s,
              "name": %3$s,
              "version": %4$s,
              "scope": "required",
              "hashes": [
                {"alg": "SHA-256", "content": "%5$s"},
                {"alg": "SHA-512", "content": "%6$s"}
              ],
              "licenses": [%7$s],
              "components": [%8$s],
              "purl": %1$s
            }"""
        .formatted(
            quoted(library.purl()),
            quoted(library.group()),
            quoted(library.name()),
            quoted(library.version()),
            hash(library.jar(), "SHA-256"),
            hash(library.jar(), "SHA-512"),
            String.join(", ", licences(library)),
            String.join(", ", shaded(library)));
  }

  /** The libraries that a jar has taken over, as their own properties in it name them. */
  private static List<String> shaded(Library library) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (ZipFile jar = new ZipFile(library.jar().toFile())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        if (!entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom\\.properties")) {
          continue;
        }
        Properties named = new Properties();
        try (InputStream content = jar.getInputStream(entry)) {
          named.load(content);
        }
        String group = named.getProperty("groupId");
        String name = named.getProperty("artifactId");
        String number = named.getProperty("version");
        if (group != null && name != null && number != null && !name.equals(library.name())) {
          String purl = "pkg:maven/" + group + "/" + name + "@" + number;
          found.put(
              purl,
              """
              {"type": "library", "group": %s, "name": %s, "version": %s, "purl": %s}"""
                  .formatted(quoted(group), quoted(name), quoted(number), quoted(purl)));
        }
      }
    }
    return List.copyOf(found.values());
  }

  private String document(Map<String, String> components, String time) {
    return """
        {
          "bomFormat": "CycloneDX",
          "specVersion": "1.6",
          "version": 1,
          "metadata": {
            "timestamp": %s,
            "component": {
              "type": "application",
              "bom-ref": %s,
              "name": "tidemark-kafka-connect-delta",
              "version": %s,
              "licenses": [{"license": {"id": "Apache-2.0"}}]
            }
          },
          "components": [
        %s
          ]
        }
        """
        .formatted(
            quoted(time),
            quoted("tidemark-kafka-connect-delta@" + version),
            quoted(version),
            String.join(",\n", components.values()).indent(4).stripTrailing());
  }

  private List<String> licences(Library library) throws Exception {
    if (library.pom() == null) {
      return List.of("{\"license\": {\"id\": \"Apache-2.0\"}}");
    }
    List<Element> named = named(library.pom());
    if (named.isEmpty()) {
      throw new IllegalStateException(library.purl() + " names no licence, nor does a parent of it");
    }
    List<String> licences = new ArrayList<>();
    for (Element licence : named) {
      String name = text(licence, "name");
      if (name.contains("CDDL") && name.contains("GPL")) {
        return List.of("{\"expression\": " + quoted(CDDL_OR_GPL) + "}");
      }
      licences.add(
          IDS.entrySet().stream()
              .filter(id -> name.matches(id.getKey()))
              .findFirst()
              .map(id -> "{\"license\": {\"id\": " + quoted(id.getValue()) + "}}")
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          library.purl() + " has a licence that is not known here: " + name)));
    }
    if (licences.stream().noneMatch(licence -> licence.contains("Apache-2.0"))
        && !thirdParty.contains(library.name())) {
      throw new IllegalStateException(library.purl() + " is not named in THIRD-PARTY.md");
    }
    return licences;
  }

  /** The licences of a pom, or of the nearest parent that has some. */
  private List<Element> named(Path pom) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    Element project = factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
    for (Element child : children(project, "licenses")) {
      return children(child, "license");
    }
    for (Element parent : children(project, "parent")) {
      String name = text(parent, "artifactId");
      String number = text(parent, "version");
      return named(
          repository
              .resolve(text(parent, "groupId").replace('.', '/'))
              .resolve(name)
              .resolve(number)
              .resolve(name + "-" + number + ".pom"));
    }
    return List.of();
  }

  private static List<Element> children(Element element, String name) {
    List<Element> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && child.getTagName().equals(name)) {
        children.add(child);
      }
    }
    return children;
  }

  private static String text(Element element, String name) {
    return children(element, name).get(0).getTextContent().strip().replaceAll("\\s+", " ");
  }

  private static String hash(Path file, String algorithm)
      throws IOException, NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance(algorithm);
    try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
      content.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
