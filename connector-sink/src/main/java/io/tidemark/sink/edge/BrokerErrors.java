package io.tidemark.sink.edge;

import io.tidemark.common.TidemarkException;

/** Why Kafka cannot be asked, {@code TM-187} to {@code TM-189}. */
public final class BrokerErrors {

  private BrokerErrors() {}

  /** The connector's own client cannot work. */
  public static TidemarkException unreachable(Throwable cause) {
    return new TidemarkException(
        "TM-187",
        "Cannot ask Kafka where the logs of the topics begin and end: "
            + cause
            + ". The settings are those of the worker and its consumer, of consumer.override.* and"
            + " kafka.* of the connector, the later ones winning. Set what is missing, such as"
            + " kafka.bootstrap.servers or kafka.sasl.jaas.config.",
        cause);
  }

  /** The connector's own client may not ask. */
  public static TidemarkException refuses(String what, Throwable cause) {
    return new TidemarkException(
        "TM-188",
        "Kafka refuses to tell the "
            + what
            + ": "
            + cause.getMessage()
            + ". Allow the principal of the connector to DESCRIBE its topics and its group, or set"
            + " another one with kafka.* keys.",
        cause);
  }

  /** Nobody has said where Kafka is. */
  public static TidemarkException unknown() {
    return new TidemarkException(
        "TM-189",
        "Missing configuration kafka.bootstrap.servers: this Connect runtime does not show the"
            + " worker's own settings, and without them the connector cannot see whether records"
            + " expire before they are read. Set kafka.bootstrap.servers and what else a client"
            + " needs, each with the prefix kafka.; or do without, with fail.on.data.loss=false,"
            + " starting.offsets=committed and on.topic.recreated=fail.",
        null);
  }
}
