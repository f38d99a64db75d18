package io.tidemark.connector;

import java.util.List;
import java.util.Set;

/** Connect's own keys of a connector, from 3.7 to 4.3. */
final class ConnectKeys {

  /** Complete keys, with which a mistyped key is compared. */
  static final Set<String> NAMES =
      Set.of(
          "name",
          "connector.class",
          "connector.plugin.version",
          "tasks.max",
          "tasks.max.enforce",
          "topics",
          "topics.regex",
          "key.converter",
          "value.converter",
          "header.converter",
          "config.action.reload",
          "transforms",
          "predicates",
          "errors.tolerance",
          "errors.retry.timeout",
          "errors.retry.delay.max.ms",
          "errors.log.enable",
          "errors.log.include.messages",
          "errors.deadletterqueue.topic.name",
          "errors.deadletterqueue.topic.replication.factor",
          "errors.deadletterqueue.context.headers.enable",
          "exactly.once.support",
          "transaction.boundary",
          "transaction.boundary.interval.ms",
          "offsets.storage.topic",
          "topic.creation.groups");

  /** Prefixes of keys that Connect passes to converters, transformations and clients. */
  private static final List<String> PREFIXES =
      List.of(
          "key.converter.",
          "value.converter.",
          "header.converter.",
          "transforms.",
          "predicates.",
          "errors.",
          "consumer.override.",
          "producer.override.",
          "admin.override.",
          "topic.creation.");

  private ConnectKeys() {}

  static boolean has(String key) {
    return NAMES.contains(key) || PREFIXES.stream().anyMatch(key::startsWith);
  }
}
