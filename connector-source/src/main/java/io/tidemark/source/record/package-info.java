/** A row into a record: topic, key, headers, and the offset behind it. */
package io.tidemark.source.record;
