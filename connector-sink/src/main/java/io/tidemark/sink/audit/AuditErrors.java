package io.tidemark.sink.audit;

import io.tidemark.checkpoint.TidemarkException;

/** What the audit of offsets has to say, {@code TM-160}. */
final class AuditErrors {

  private AuditErrors() {}

  /** The ranges of a batch do not continue those that the table names last. */
  static TidemarkException offsetsDoNotJoin(String location, Joint joint, String why) {
    return new TidemarkException(
        "TM-160",
        "The offsets of "
            + location
            + " do not join: "
            + joint
            + "; "
            + why
            + ". Look with bin/tidemark verify at what the table has; audit.offset.continuity says"
            + " whether the connector goes on. See"
            + " docs/operating/recovery.md#offsets-that-do-not-join.",
        null);
  }
}
