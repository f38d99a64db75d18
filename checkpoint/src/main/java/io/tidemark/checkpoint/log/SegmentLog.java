package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.checkpoint.CheckpointErrors;
import io.tidemark.common.DataFile;
import io.tidemark.storage.Storage;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * The sealed segments, a checksummed file each, named by the segment's id:
 *
 * <pre>
 *   v1
 *   {"id":"00000-..-000003","sealedMs":1700000000000,
 *    "ranges":{"orders":{"0":[1000,1500],"1":[0,7,"first"]}},"tables":{"/data/orders":"&lt;table id&gt;"},
 *    "files":[{"table":"/data/orders","path":"part-..","partitionValues":{},
 *              "bytes":4711,"modifiedMs":1700000000000,"rows":500,"statistics":"{..}"}]}
 *   crc32c 1a2b3c4d
 * </pre>
 *
 * With windowed aggregates there are {@code operators} and {@code silentSinceMs} too; {@link
 * ContinuityJson} has the rest.
 */
public final class SegmentLog {

  private static final String DIRECTORY = "segments";

  /** Third element of a range that continues nothing. */
  private static final String FIRST = "first";

  private final Storage storage;

  /** The segment that was created last; null before the first. */
  private volatile Segment newest;

  SegmentLog(Storage storage) {
    this.storage = storage;
  }

  /**
   * Creates the segment's file. The id is unique to its session, so an existing file with other
   * content is damage.
   *
   * @throws IOException when the outcome is unknown; the same call may be repeated
   */
  public void create(Segment segment) throws IOException {
    if (!ExclusiveFile.createOwn(storage, path(segment.id()), encode(segment))) {
      throw CheckpointErrors.damagedFile(
          file(segment.id()), "it holds another segment than its session sealed", null);
    }
    newest = segment;
  }

  /** Reads a segment, or empty when there is none. */
  public Optional<Segment> read(SegmentId id) throws IOException {
    Optional<byte[]> content = storage.read(path(id));
    return content.isEmpty() ? Optional.empty() : Optional.of(decode(id, file(id), content.get()));
  }

  /**
   * A segment that a listing has just shown; empty when it was removed since. The one that was
   * created last through this object is not read again: a driver needs what its own task sealed.
   */
  public Optional<Segment> readListed(SegmentId id) throws IOException {
    Segment created = newest;
    return created != null && created.id().equals(id) ? Optional.of(created) : read(id);
  }

  /** The ids of all segments that are there. */
  public Set<SegmentId> ids() throws IOException {
    Set<SegmentId> ids = new HashSet<>();
    for (String name : storage.list(DIRECTORY)) {
      SegmentId.tryParse(name).ifPresent(ids::add);
    }
    return ids;
  }

  /** Deletes a segment's file (not its data files); without effect when there is none. */
  public void delete(SegmentId id) throws IOException {
    storage.delete(path(id));
  }

  /** What a segment's file is called in messages. */
  public String file(SegmentId id) {
    return path(id) + " of " + storage.location();
  }

  private static String path(SegmentId id) {
    return DIRECTORY + "/" + id;
  }

  private static byte[] encode(Segment segment) {
    ObjectNode json = Json.object();
    json.put("id", segment.id().toString());
    json.put("sealedMs", segment.sealedMs());
    json.set("ranges", Json.byTopic(segment.ranges(), SegmentLog::encode));
    json.set("tables", Json.strings(segment.tables()));
    DataFileJson.put(json, "files", segment.files());
    if (!segment.operators().isEmpty()) {
      OperatorJson.putSegments(json, segment.operators());
    }
    if (!segment.silentSinceMs().isEmpty()) {
      json.set("silentSinceMs", Json.byTopic(segment.silentSinceMs(), LongNode::valueOf));
    }
    ContinuityJson.put(json, segment.provenance());
    return ChecksummedJson.encode(json);
  }

  private static JsonNode encode(OffsetRange range) {
    ArrayNode node = Json.MAPPER.createArrayNode().add(range.from()).add(range.to());
    return range.first() ? node.add(FIRST) : node;
  }

  private static OffsetRange range(JsonNode node) {
    return new OffsetRange(
        Json.number(node.path(0)), Json.number(node.path(1)), FIRST.equals(node.path(2).asText()));
  }

  private static List<DataFile> files(JsonNode json) {
    Json.required(json, "files");
    return DataFileJson.read(json, "files");
  }

  private static Segment decode(SegmentId id, String file, byte[] content) {
    return ChecksummedJson.read(
        file,
        content,
        json -> {
          if (!Json.text(json, "id").equals(id.toString())) {
            throw CheckpointErrors.damagedFile(
                file, "it holds segment " + Json.text(json, "id"), null);
          }
          SortedMap<TopicPartition, OffsetRange> ranges = new TreeMap<>(Offsets.ORDER);
          Json.eachPartition(
              Json.required(json, "ranges"),
              (partition, node) -> ranges.put(partition, range(node)));
          return new Segment(
              id,
              Json.number(json, "sealedMs"),
              ranges,
              Json.strings(Json.required(json, "tables")),
              files(json),
              OperatorJson.segments(json.path("operators")),
              Json.offsets(json.path("silentSinceMs")),
              ContinuityJson.provenance(json));
        });
  }
}
