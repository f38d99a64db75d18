package io.tidemark.sink.kafka;

import io.tidemark.common.TidemarkException;

/** Why the connector cannot ask Kafka, {@code TM-187} to {@code TM-189}. */
public final class BrokerErrors {

  private BrokerErrors() {}

  /** The connector's own Kafka client does not work. */
  public static TidemarkException unreachable(Throwable cause) {
    return TidemarkException.of(
        "TM-187",
        cause,
        """
        Cannot ask Kafka for the log start and end offsets of the topics: %s. The client uses the
        settings of the worker and of its consumer, then consumer.override.* of the connector, then
        kafka.* of the connector; a later one overrides an earlier one. Set what is missing, such as
        kafka.bootstrap.servers or kafka.sasl.jaas.config.
        """,
        cause);
  }

  /** Kafka does not authorize the connector's own client. */
  public static TidemarkException refuses(String what, Throwable cause) {
    return TidemarkException.of(
        "TM-188",
        cause,
        """
        Kafka does not let the connector read the %s: %s. Allow the principal of the connector to
        DESCRIBE its topics and its group, or set another principal with kafka.* keys.
        """,
        what,
        cause.getMessage());
  }

  /** No setting says where Kafka is. */
  public static TidemarkException unknown() {
    return TidemarkException.of(
        "TM-189",
        """
        Missing configuration kafka.bootstrap.servers: this Connect runtime does not show the
        settings of the worker to connectors. Without them the connector cannot see whether records
        expire before it reads them. Set kafka.bootstrap.servers and whatever else a client needs,
        each with the prefix kafka. Or do without this check: set fail.on.data.loss=false,
        starting.offsets=committed and on.topic.recreated=fail.
        """);
  }
}
