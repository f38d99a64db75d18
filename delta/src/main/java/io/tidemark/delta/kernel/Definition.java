package io.tidemark.delta.kernel;

import io.delta.kernel.data.Row;
import io.delta.kernel.internal.actions.Metadata;
import io.delta.kernel.internal.actions.Protocol;
import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The protocol and the metadata of a table. A version has both. A single commit may have one of
 * them, or none; call a method of the other only after {@link #saysProtocol} or {@link
 * #saysMetadata}.
 */
public final class Definition {

  /** Neither protocol nor metadata. */
  public static final Definition NOTHING = new Definition(null, null);

  /** The actions with protocol and metadata, in the order that {@link #with(Row, int)} expects. */
  public static final StructType ACTIONS = withActions(new StructType());

  private static final StructType COMMIT =
      withActions(
          new StructType()
              .add("commitInfo", new StructType().add("engineInfo", StringType.STRING)));

  private final Protocol protocol;
  private final Metadata metadata;

  Definition(Protocol protocol, Metadata metadata) {
    this.protocol = protocol;
    this.metadata = metadata;
  }

  /** A schema of actions, followed by {@link #ACTIONS}. */
  public static StructType withActions(StructType schema) {
    return schema.add("protocol", Protocol.FULL_SCHEMA).add("metaData", Metadata.FULL_SCHEMA);
  }

  /**
   * This definition, changed by an action.
   *
   * @param at the index of the first of {@link #ACTIONS} in the row
   */
  public Definition with(Row action, int at) {
    boolean saysProtocol = !action.isNullAt(at);
    boolean saysMetadata = !action.isNullAt(at + 1);
    return saysProtocol || saysMetadata
        ? new Definition(
            saysProtocol ? Protocol.fromRow(action.getStruct(at)) : protocol,
            saysMetadata ? Metadata.fromRow(action.getStruct(at + 1)) : metadata)
        : this;
  }

  /** Reads a commit, and returns this definition changed by it. */
  public Definition with(TableLog log, FileStatus commit) throws IOException {
    Definition[] now = {this};
    log.each(commit, ACTIONS, action -> now[0] = now[0].with(action, 0));
    return now[0];
  }

  /**
   * The same.
   *
   * @param writers hears who wrote the commit
   */
  Definition with(TableLog log, FileStatus commit, OtherWriters writers) throws IOException {
    Definition[] now = {this};
    String[] engine = {null};
    log.each(
        commit,
        COMMIT,
        action -> {
          engine[0] = action.isNullAt(0) ? engine[0] : text(action.getStruct(0));
          now[0] = now[0].with(action, 1);
        });
    writers.saw(engine[0]);
    return now[0];
  }

  private static String text(Row commitInfo) {
    return commitInfo.isNullAt(0) ? null : commitInfo.getString(0);
  }

  /** This definition, changed by a later one. */
  public Definition with(Definition later) {
    return new Definition(
        later.saysProtocol() ? later.protocol : protocol,
        later.saysMetadata() ? later.metadata : metadata);
  }

  /** Whether it has a protocol. */
  public boolean saysProtocol() {
    return protocol != null;
  }

  /** Whether it has metadata. */
  public boolean saysMetadata() {
    return metadata != null;
  }

  Protocol protocol() {
    return protocol;
  }

  Metadata metadata() {
    return metadata;
  }

  /** The protocol's {@code minReaderVersion}. */
  public int minReaderVersion() {
    return protocol.getMinReaderVersion();
  }

  /** The features that a reader must support. */
  public Set<String> readerFeatures() {
    return protocol.getReaderFeatures();
  }

  /** The features that a writer must support. */
  public Set<String> writerFeatures() {
    return protocol.getWriterFeatures();
  }

  /** Delta's {@code metaData.id}. */
  public String tableId() {
    return metadata.getId();
  }

  /** The table's properties, unmodifiable. */
  public Map<String, String> properties() {
    return metadata.getConfiguration();
  }

  /** The schema with comments and all other metadata; Kernel parses it at the first call. */
  public StructType schema() {
    return metadata.getSchema();
  }

  /** The schema in JSON, as in the log. */
  public String schemaString() {
    return metadata.getSchemaString();
  }

  /** The names of the partition columns, in order. */
  public List<String> partitionColumns() {
    return VectorUtils.toJavaList(metadata.getPartitionColumns());
  }

  /** Parses a schema in the form of {@link #schemaString}. */
  public static StructType parse(String schemaString) {
    return DataTypeJsonSerDe.deserializeStructType(schemaString);
  }
}
