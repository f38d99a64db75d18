package io.tidemark.sink.config;

import io.tidemark.connector.ConfigReference;

/** Renders {@code docs/reference/sink-config.md} from the {@link ConfigDef} of the sink. */
final class SinkReference {

  private static final String OPENING =
      """
      <!-- Generated from the code; see SinkReferenceTest. Do not edit. -->

      # Configuration of the sink

      Beside these keys the sink reads some of Connect's own: `name`, `topics`, `topics.regex` and
      `errors.tolerance`. A key that begins like one of these but is none of them is refused, as are
      a slip in typing and a key of another sink or of Spark, with the one to use instead; keys of Connect,
      converters, clients and foreign transformations are left alone, and any other draws a warning.
      Keys of `WindowedAggregate` are in [a reference of their own](transforms-config.md), and checked.
      Exactly-once is not a key: it is always on.

      """;

  private SinkReference() {}

  static String render() {
    return ConfigReference.render(
        OPENING, DeltaSinkConfig.definition(), SinkVocabulary.SPARK, SinkVocabulary.PASS_THROUGH);
  }
}
