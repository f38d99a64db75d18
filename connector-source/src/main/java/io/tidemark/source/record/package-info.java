/** A row into a record: topic, key, headers, and the offset after it. */
package io.tidemark.source.record;
