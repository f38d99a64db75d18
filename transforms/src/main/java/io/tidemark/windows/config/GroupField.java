package io.tidemark.windows.config;

import io.tidemark.delta.schema.FieldRef;

/**
 * A field to group by.
 *
 * @param column name of the result's column
 */
public record GroupField(String column, FieldRef field) {}
