package io.tidemark.delta.table;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table version that is a batch of a query, read from its commit.
 *
 * @param version of the table
 * @param timestampMs when it was committed, epoch milliseconds
 * @param queryId the {@code txn.appId}
 * @param batch the {@code txn.version}
 * @param rows rows in its files; -1 when the commit does not say
 * @param files number of files that it added; -1 when the commit does not say
 * @param bytes size of its files; -1 when the commit does not say
 * @param offsets {@code topic-partition} to {@code [from, to)}, as text; empty when the commit does
 *     not say, for example when Spark committed it
 * @param tags the tags of its commit info, by name
 */
public record CommittedBatch(
    long version,
    long timestampMs,
    String queryId,
    long batch,
    long rows,
    long files,
    long bytes,
    SortedMap<String, String> offsets,
    SortedMap<String, String> tags) {

  /** The tag with the mark of the plan that the version carries out. */
  public static final String PLAN_TAG = "tidemark.plan";

  /** The tag of a version that has the transaction of a plan, but no data of it. */
  public static final String VOID_TAG = "tidemark.void";

  public CommittedBatch {
    offsets = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) offsets));
    tags = Collections.unmodifiableSortedMap(new TreeMap<>((Map<String, String>) tags));
  }

  /** The mark of the plan that it carries out; empty when another writer made it, such as Spark. */
  public Optional<String> plan() {
    return Optional.ofNullable(tags.get(PLAN_TAG));
  }

  /** Whether the version makes its plan void: no driver can carry it out any more. */
  public boolean isVoid() {
    return tags.containsKey(VOID_TAG);
  }

  /** The batch of an append that was committed as a version. */
  public static CommittedBatch of(Append append, long version, long timestampMs) {
    return new CommittedBatch(
        version,
        timestampMs,
        append.appId(),
        append.batch(),
        append.rows(),
        append.files().size(),
        append.bytes(),
        new TreeMap<>(append.offsets()),
        new TreeMap<>(append.tags()));
  }
}
