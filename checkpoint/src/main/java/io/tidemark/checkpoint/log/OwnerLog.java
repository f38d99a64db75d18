package io.tidemark.checkpoint.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidemark.storage.Storage;

/**
 * The connector that owns the location: the newest entry counts, and every take-over adds one.
 *
 * <pre>
 *   v1
 *   {"connector":"orders-to-delta","sinceMs":1700000000000}
 *   crc32c 1a2b3c4d
 * </pre>
 */
public final class OwnerLog extends NumberedLog<OwnerLog.Owner> {

  /**
   * An entry.
   *
   * @param connector name of the connector; tasks of other connectors stop
   * @param sinceMs when it took over, epoch milliseconds
   */
  public record Owner(String connector, long sinceMs) {}

  OwnerLog(Storage storage) {
    super(storage, "owners");
  }

  @Override
  byte[] encode(Owner owner) {
    ObjectNode json = Json.object();
    json.put("connector", owner.connector());
    json.put("sinceMs", owner.sinceMs());
    return ChecksummedJson.encode(json);
  }

  @Override
  Owner decode(long number, String file, byte[] content) {
    JsonNode json = ChecksummedJson.decode(file, content);
    return new Owner(Json.text(json, "connector"), Json.number(json, "sinceMs"));
  }
}
