package io.tidemark.delta.kernel;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.tidemark.common.DataFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The {@code add} actions of data files; each is made when the commit writes it. */
public final class AddActions implements CloseableIterable<Row> {

  private final List<DataFile> files;
  private final Map<String, String> physicalNames;

  /**
   * Actions for these files.
   *
   * @param physicalNames logical to physical name of every partition column; the log has the
   *     physical names
   */
  public AddActions(List<DataFile> files, Map<String, String> physicalNames) {
    this.files = files;
    this.physicalNames = physicalNames;
  }

  /** Each call starts from the first file, because Kernel may retry the commit. */
  @Override
  public CloseableIterator<Row> iterator() {
    return Utils.toCloseableIterator(files.stream().map(this::row).iterator());
  }

  @Override
  public void close() {
    // Nothing is open.
  }

  private Row row(DataFile file) {
    Map<Integer, Object> add = new HashMap<>();
    put(add, "path", encode(file.path()));
    put(add, "partitionValues", VectorUtils.stringStringMapValue(partitionValues(file)));
    put(add, "size", file.bytes());
    put(add, "modificationTime", file.modifiedMs());
    put(add, "dataChange", true);
    put(add, "stats", file.statistics());
    return SingleAction.createAddFileSingleAction(new GenericRow(AddFile.FULL_SCHEMA, add));
  }

  /** In Delta's serialization an empty string means null; null is written explicitly. */
  private Map<String, String> partitionValues(DataFile file) {
    Map<String, String> values = new LinkedHashMap<>();
    physicalNames.forEach(
        (logical, physical) -> {
          String value = file.partitionValues().get(logical);
          values.put(physical, value == null || value.isEmpty() ? null : value);
        });
    return values;
  }

  private static void put(Map<Integer, Object> add, String field, Object value) {
    add.put(AddFile.FULL_SCHEMA.indexOf(field), value);
  }

  /**
   * Percent-encodes a relative path. All characters except unreserved ones, {@code /} and {@code =}
   * are encoded, so that no reader takes the text before a colon for a scheme. {@link java.net.URI}
   * would not encode the colon.
   */
  static String encode(String path) {
    StringBuilder text = new StringBuilder(path.length() + 16);
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "/=-_.~".indexOf(c) >= 0;
      if (plain) {
        text.append(c);
      } else {
        text.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return text.toString();
  }
}
