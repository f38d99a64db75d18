package io.tidemark.delta.kernel;

import io.delta.kernel.data.MapValue;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StringType;
import java.util.Map;

/** Maps of texts in the log, such as partition values and tags. */
public final class Texts {

  /** The Kernel type of such maps. */
  public static final MapType TYPE = new MapType(StringType.STRING, StringType.STRING, true);

  private Texts() {}

  /** Kernel's map as a Java map. */
  public static Map<String, String> of(MapValue map) {
    return VectorUtils.toJavaMap(map);
  }
}
