package io.tidemark.windows.update;

import org.apache.kafka.connect.data.Schema;

/**
 * The current row of a group.
 *
 * @param topic the topic that it goes to
 * @param keySchema null for a row without schema
 * @param key the window's bounds and the group, flat
 * @param valueSchema null for a row without schema
 * @param value the window, the group and the aggregates
 */
public record UpdateRow(
    String topic, Schema keySchema, Object key, Schema valueSchema, Object value) {}
