package io.tidemark.delta.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.delta.read.DeltaReadableTables;
import io.tidemark.delta.schema.Column;
import io.tidemark.delta.schema.ColumnType;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.TableSchema;
import io.tidemark.storage.HadoopFileSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables are written in a JVM with one default locale and read in a JVM with another one. */
class LocaleTest {

  private static final int BATCHES = 12;

  private final Locale display = Locale.getDefault(Locale.Category.DISPLAY);
  private final Locale format = Locale.getDefault(Locale.Category.FORMAT);

  @TempDir private Path directory;

  @AfterEach
  void restore() {
    Locale.setDefault(Locale.Category.DISPLAY, display);
    Locale.setDefault(Locale.Category.FORMAT, format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "ar-EG", "ar-SA", "fa-IR", "mr-IN", "tr-TR"})
  void writesATableThatIsReadElsewhere(String tag) throws IOException {
    TableFixture fixture = new TableFixture(directory.resolve("orders"));
    Locale.setDefault(Locale.forLanguageTag(tag));
    write(fixture);
    restore();

    assertThat(fixture.newest()).isEqualTo(BATCHES + 1);
    try (Stream<Path> log = Files.list(fixture.log())) {
      assertThat(log.map(file -> file.getFileName().toString()))
          .allMatch(
              name ->
                  name.matches("\\.?[0-9]{20}\\..*|_last_checkpoint|\\._last_checkpoint.*|_.*"));
    }
    assertThat(fixture.log().resolve("00000000000000000010.checkpoint.parquet")).exists();
    assertThat(fixture.rows())
        .hasSize(BATCHES)
        .allMatch(row -> row.get("ID").equals(row.get("REGION_ID")));
    assertThat(
            new DeltaReadableTables(new HadoopFileSystems(Map.of()))
                .open(fixture.location())
                .orElseThrow()
                .newest())
        .isEqualTo(BATCHES + 1);
  }

  /** The names change when they are put in lower case with the Turkish locale. */
  private void write(TableFixture fixture) throws IOException {
    TableSchema schema =
        new TableSchema(
            new ColumnType.Struct(
                List.of(
                    new Column("ID", Primitive.LONG, true),
                    new Column("REGION_ID", Primitive.STRING, true))),
            List.of("REGION_ID"));
    DeltaTables tables = new DeltaTables(new HadoopFileSystems(Map.of()), "Tidemark/test");
    Table table =
        tables.create(
            fixture.location(), schema, Map.of("delta.checkpointInterval", "10", "TITLE", "I"));
    for (int batch = 0; batch < BATCHES; batch++) {
      if (batch == 6) {
        table.evolve(new ColumnType.Struct(List.of(new Column("HINT", Primitive.STRING, true))));
        table = tables.open(fixture.location()).orElseThrow();
      }
      table.append(
          fixture.append(
              "query",
              batch,
              fixture.file(
                  "REGION_ID=" + batch + "/f.parquet",
                  Map.of("REGION_ID", Integer.toString(batch)),
                  "ID",
                  batch)));
      table.maintain();
    }
  }
}
