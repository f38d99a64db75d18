package io.tidemark.delta.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/reference/types.md names every type that the code knows. */
class TypesPageTest {

  private static final Path PAGE = Path.of("../docs/reference/types.md");

  @ParameterizedTest
  @EnumSource(Schema.Type.class)
  void namesEachTypeOfConnect(Schema.Type type) throws IOException {
    assertThat(of("The sink: Connect to Delta")).contains("`" + type + "`");
    assertThat(of("The source: Delta to Connect")).contains("`" + type + "`");
  }

  @ParameterizedTest
  @EnumSource(value = LogicalType.class, names = "PLAIN", mode = EnumSource.Mode.EXCLUDE)
  void namesEachLogicalTypeWithItsBaseType(LogicalType type) throws IOException {
    assertThat(of("The sink: Connect to Delta"))
        .contains("| `" + type.schemaName() + "` | `" + type.base() + "` |");
  }

  @ParameterizedTest
  @MethodSource("columns")
  void namesEachTypeOfAColumn(String type) throws IOException {
    assertThat(of("The sink: Connect to Delta")).contains("`" + type + "`");
    assertThat(of("The source: Delta to Connect")).contains("`" + type + "`");
  }

  @Test
  void namesTheLimitsOfTypes() throws IOException {
    String limits = Files.readString(Path.of("../docs/reference/limits.md"));
    assertThat(limits)
        .contains(
            "| " + ColumnType.MAX_DEPTH + " levels |",
            "| " + ColumnType.Decimal.MAX_PRECISION + " digits |");
  }

  private static List<String> columns() {
    return Stream.concat(
            Arrays.stream(ColumnType.Primitive.values()).map(ColumnType.Primitive::toString),
            Stream.of("decimal(p,s)", "varchar(n)", "char(n)", "struct", "array", "map"))
        .toList();
  }

  /** The part of the page below a heading of the second level. */
  private static String of(String heading) throws IOException {
    String page = Files.readString(PAGE);
    int start = page.indexOf("\n## " + heading + "\n");
    assertThat(start).isPositive();
    int end = page.indexOf("\n## ", start + 1);
    return page.substring(start, end < 0 ? page.length() : end);
  }
}
