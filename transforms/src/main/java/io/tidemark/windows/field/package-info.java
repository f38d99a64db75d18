/** What an aggregation reads of a record: fields and event time. */
package io.tidemark.windows.field;
