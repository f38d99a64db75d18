package io.tidemark.delta.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.delta.schema.ColumnType.Array;
import io.tidemark.delta.schema.ColumnType.Decimal;
import io.tidemark.delta.schema.ColumnType.Primitive;
import io.tidemark.delta.schema.ColumnType.Struct;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SchemaMergeTest {

  private static final Column ID =
      new Column("id", Primitive.LONG, false, "col-1", OptionalInt.of(1));

  @Test
  void findsWhatIsMissingAtEveryDepth() {
    Struct table =
        struct(
            ID,
            column("geo", struct(column("lat", Primitive.DOUBLE))),
            column("items", new Array(struct(column("sku", Primitive.STRING)), true)),
            column(
                "more",
                new ColumnType.Map(Primitive.STRING, struct(column("a", Primitive.LONG)), true)));
    Struct wanted =
        struct(
            column("new", Primitive.DATE),
            column("ID", Primitive.STRING),
            column("Geo", struct(column("LAT", Primitive.LONG), column("lon", Primitive.DOUBLE))),
            column("items", new Array(struct(column("price", Primitive.DOUBLE)), true)),
            column(
                "more",
                new ColumnType.Map(Primitive.STRING, struct(column("b", Primitive.LONG)), true)));

    assertThat(SchemaMerge.missing(table, wanted))
        .hasToString(
            "struct<new:date,geo:struct<lon:double>,items:array<struct<price:double>>,"
                + "more:map<string,struct<b:long>>>");
    Struct merged = SchemaMerge.merged(table, wanted);
    assertThat(merged)
        .hasToString(
            "struct<id:long,geo:struct<lat:double,lon:double>,"
                + "items:array<struct<sku:string,price:double>>,"
                + "more:map<string,struct<a:long,b:long>>,new:date>");
    assertThat(merged.columns().get(0)).as("untouched").isEqualTo(ID);
  }

  @Test
  void addedColumnsAreNullable() {
    Struct merged =
        SchemaMerge.merged(struct(ID), struct(new Column("new", Primitive.LONG, false)));
    assertThat(merged.columns().get(1).nullable()).isTrue();
  }

  @Test
  void numbersMeetInTheWiderOne() {
    assertThat(union(Primitive.BYTE, Primitive.INTEGER)).isEqualTo(Primitive.INTEGER);
    assertThat(union(Primitive.LONG, Primitive.SHORT)).isEqualTo(Primitive.LONG);
    assertThat(union(Primitive.LONG, Primitive.DOUBLE)).isEqualTo(Primitive.DOUBLE);
    assertThat(union(Primitive.FLOAT, Primitive.LONG)).isEqualTo(Primitive.DOUBLE);
    assertThat(union(Primitive.INTEGER, new Decimal(5, 2))).isEqualTo(new Decimal(12, 2));
    assertThat(union(new Decimal(10, 4), new Decimal(12, 1))).isEqualTo(new Decimal(15, 4));
    assertThat(union(new Decimal(38, 4), Primitive.DOUBLE)).isEqualTo(Primitive.DOUBLE);
  }

  @Test
  void othersHaveNothingInCommon() {
    assertThatThrownBy(() -> union(Primitive.DATE, Primitive.TIMESTAMP))
        .hasMessageContaining("field f: it is date and timestamp");
    assertThatThrownBy(() -> union(struct(ID), Primitive.STRING)).hasMessageStartingWith("TM-250");
  }

  @Property(tries = 300)
  void mergingLeavesNothingMissing(
      @ForAll("structs") Struct table, @ForAll("structs") Struct wish) {
    Struct merged = SchemaMerge.merged(table, wish);
    assertThat(SchemaMerge.missing(merged, wish).columns()).isEmpty();
    assertThat(SchemaMerge.merged(merged, wish)).as("idempotent").isEqualTo(merged);
    assertThat(SchemaMerge.merged(table, SchemaMerge.missing(table, wish)))
        .as("what is missing suffices")
        .isEqualTo(merged);
  }

  @Provide
  Arbitrary<Struct> structs() {
    return struct(2);
  }

  private Arbitrary<Struct> struct(int depth) {
    Arbitrary<ColumnType> scalars = Arbitraries.of(Primitive.LONG, Primitive.STRING);
    Arbitrary<ColumnType> types =
        depth == 0
            ? scalars
            : Arbitraries.oneOf(
                scalars,
                struct(depth - 1).map(type -> type),
                struct(depth - 1).map(type -> new Array(type, true)));
    return Arbitraries.of("a", "B", "c", "d")
        .list()
        .uniqueElements()
        .ofMinSize(1)
        .flatMap(
            names ->
                types
                    .list()
                    .ofSize(names.size())
                    .map(
                        list ->
                            new Struct(
                                java.util.stream.IntStream.range(0, names.size())
                                    .mapToObj(i -> column(names.get(i), list.get(i)))
                                    .toList())));
  }

  private static ColumnType union(ColumnType one, ColumnType other) {
    return TypeUnion.of(struct(column("f", one)), struct(column("F", other)))
        .columns()
        .get(0)
        .type();
  }

  private static Column column(String name, ColumnType type) {
    return new Column(name, type, true);
  }

  private static Struct struct(Column... columns) {
    return new Struct(List.of(columns));
  }
}
