package io.tidemark.delta.kernel;

import io.delta.kernel.commit.CommitFailedException;
import io.delta.kernel.commit.CommitMetadata;
import io.delta.kernel.commit.CommitResponse;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.internal.json.JsonUtils;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.CommitInfo;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.commit.DefaultFileSystemManagedTableOnlyCommitter;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.files.ParsedPublishedDeltaData;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.tidemark.common.ForwardClock;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Commits like Kernel, with a {@code commitInfo} that has all of a {@link CommitDescription}.
 * Kernel's own {@code commitInfo} always has {@code isBlindAppend: false}. With it, updates of
 * other writers would fail without need when we append at the same time.
 */
public final class CommitInfoCommitter extends DefaultFileSystemManagedTableOnlyCommitter {

  /** The only instance; it has no state. */
  public static final CommitInfoCommitter INSTANCE = new CommitInfoCommitter();

  /** The tag of {@code commitInfo} that holds {@link CommitDescription#attempt}. */
  private static final String ATTEMPT_TAG = "tidemark.attempt";

  private static final StructType INFO =
      CommitInfo.FULL_SCHEMA.add("userMetadata", StringType.STRING).add("tags", Texts.TYPE);
  private static final StructType ACTION = new StructType().add("commitInfo", INFO);

  /** The part of a commit's first line that is needed to find {@link #ATTEMPT_TAG}. */
  private static final StructType TAGS =
      new StructType().add("commitInfo", new StructType().add("tags", Texts.TYPE));

  private CommitInfoCommitter() {}

  @Override
  public CommitResponse commit(
      Engine engine, CloseableIterator<Row> actions, CommitMetadata metadata)
      throws CommitFailedException {
    CloseableIterator<Row> described = actions;
    if (metadata.getCommitterProperties() instanceof CommitDescription description) {
      described = actions.map(action -> describe(action, description));
    }
    return engine instanceof QuietEngine ours
        ? commit(ours, described, metadata)
        : super.commit(engine, described, metadata);
  }

  /** As Kernel does, but a commit that is not large needs no look-up after it is written. */
  private CommitResponse commit(
      QuietEngine engine, CloseableIterator<Row> actions, CommitMetadata metadata)
      throws CommitFailedException {
    metadata.getReadProtocolOpt().ifPresent(this::validateProtocol);
    metadata.getNewProtocolOpt().ifPresent(this::validateProtocol);
    String path = FileNames.deltaFile(metadata.getDeltaLogDirPath(), metadata.getVersion());
    try (CloseableIterator<String> lines = actions.map(JsonUtils::rowToJson)) {
      byte[] content = TableOutput.content(lines);
      engine.create(path, content);
      return new CommitResponse(
          ParsedPublishedDeltaData.forFileStatus(
              content.length <= WrittenCommit.MAX_BYTES
                  ? new WrittenCommit(path, content, ForwardClock.SYSTEM.nowMs())
                  : engine.getFileSystemClient().getFileStatus(path)));
    } catch (FileAlreadyExistsException e) {
      throw new CommitFailedException(
          true, true, "Version " + metadata.getVersion() + " exists already", e);
    } catch (IOException e) {
      throw new CommitFailedException(
          true, false, "Cannot create version " + metadata.getVersion() + ": " + e.getMessage(), e);
    }
  }

  /** The {@link CommitDescription#attempt} that wrote a commit; null when the commit has none. */
  public static String attempt(TableLog log, FileStatus commit) throws IOException {
    return log.read(commit, TAGS, CommitInfoCommitter::attempt);
  }

  private static String attempt(Iterator<ColumnarBatch> batches) {
    if (!batches.hasNext()) {
      return null;
    }
    ColumnarBatch batch = batches.next();
    ColumnVector info = batch.getColumnVector(0);
    for (int row = 0; row < batch.getSize(); row++) {
      if (!info.isNullAt(row) && !info.getChild(0).isNullAt(row)) {
        return Texts.of(info.getChild(0).getMap(row)).get(ATTEMPT_TAG);
      }
    }
    return null;
  }

  private static Row describe(Row action, CommitDescription description) {
    if (action.isNullAt(SingleAction.COMMIT_INFO_ORDINAL)) {
      return action;
    }
    Row kernel = action.getStruct(SingleAction.COMMIT_INFO_ORDINAL);
    Map<Integer, Object> info = new HashMap<>();
    for (int i = 0; i < CommitInfo.FULL_SCHEMA.length(); i++) {
      copy(kernel, i, info);
    }
    put(info, "operation", description.operation());
    put(info, "operationParameters", VectorUtils.stringStringMapValue(description.parameters()));
    put(info, "operationMetrics", VectorUtils.stringStringMapValue(description.metrics()));
    put(info, "isBlindAppend", true);
    description.userMetadata().ifPresent(text -> put(info, "userMetadata", text));
    Map<String, String> tags = new HashMap<>(description.tags());
    tags.put(ATTEMPT_TAG, description.attempt());
    put(info, "tags", VectorUtils.stringStringMapValue(tags));
    return new GenericRow(ACTION, Map.of(0, new GenericRow(INFO, info)));
  }

  /** Copies longs and strings; the other fields are set by us. */
  private static void copy(Row from, int ordinal, Map<Integer, Object> to) {
    StructField field = CommitInfo.FULL_SCHEMA.at(ordinal);
    if (from.isNullAt(ordinal)) {
      return;
    }
    if (field.getDataType() instanceof StringType) {
      to.put(ordinal, from.getString(ordinal));
    } else if (field.getDataType() instanceof LongType) {
      to.put(ordinal, from.getLong(ordinal));
    }
  }

  private static void put(Map<Integer, Object> info, String field, Object value) {
    info.put(INFO.indexOf(field), value);
  }
}
