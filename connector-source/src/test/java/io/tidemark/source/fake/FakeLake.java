package io.tidemark.source.fake;

import io.tidemark.delta.read.ReadableTable;
import io.tidemark.delta.read.ReadableTables;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fake tables by location, and what goes wrong when they are read. */
public final class FakeLake implements ReadableTables {

  /** Decides before each operation whether it fails. */
  public interface Weather {
    void before(String operation) throws IOException;
  }

  public final Map<String, FakeLog> tables = new HashMap<>();
  public final Set<String> vacuumed = new HashSet<>();
  public Weather weather = operation -> {};

  /** Makes a table. */
  public FakeLog create(String location) {
    FakeLog log = new FakeLog("id-of-" + location);
    tables.put(location, log);
    return log;
  }

  @Override
  public Optional<ReadableTable> open(String location) throws IOException {
    weather.before("open");
    return tables.containsKey(location)
        ? Optional.of(new FakeTable(this, location))
        : Optional.empty();
  }
}
