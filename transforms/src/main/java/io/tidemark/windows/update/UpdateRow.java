package io.tidemark.windows.update;

import org.apache.kafka.connect.data.Schema;

/**
 * The row of a group as it is now.
 *
 * @param topic it goes to
 * @param keySchema null without schema
 * @param key the window's bounds and the group, flat
 * @param valueSchema null without schema
 * @param value the window, the group, the aggregates
 */
public record UpdateRow(
    String topic, Schema keySchema, Object key, Schema valueSchema, Object value) {}
