package io.tidemark.stores;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server in this process that speaks as much of the JSON API of Google Cloud Storage as Google's
 * file system for Hadoop needs without markers of directories: metadata, media, listings, deletions
 * and resumable uploads with conditions. It keeps objects in memory and checks no credentials.
 * There is no emulator of Google's that runs without Docker.
 */
public final class GcsServer implements AutoCloseable {

  private static final String UPLOAD = "/upload/storage/v1/b/";
  private static final String SESSION = "/session/";
  private static final int MAX_PAGE = 1000;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(GcsServer::daemon);
  private final String bucket;
  private final TreeMap<String, GcsObject> objects = new TreeMap<>();
  private final ConcurrentHashMap<String, GcsUpload> uploads = new ConcurrentHashMap<>();
  private long generations;

  private GcsServer(HttpServer server, String bucket) {
    this.server = server;
    this.bucket = bucket;
  }

  /**
   * Starts a server on a free port.
   *
   * @param bucket the only one, which exists from the start
   */
  public static GcsServer start(String bucket) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      GcsServer gcs = new GcsServer(server, bucket);
      server.setExecutor(gcs.threads);
      server.createContext("/", exchange -> new GcsExchange(exchange).serve(gcs::answer));
      server.start();
      return gcs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For example {@code http://127.0.0.1:41234}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public String bucket() {
    return bucket;
  }

  /** The content of an object; empty when there is none. */
  public synchronized Optional<byte[]> content(String name) {
    return Optional.ofNullable(objects.get(name)).map(GcsObject::content);
  }

  /** Creates or replaces an object, as another program would. */
  public synchronized void put(String name, byte[] content) {
    objects.put(name, new GcsObject(bucket, name, content, ++generations));
  }

  /** The names of all objects. */
  public synchronized Set<String> names() {
    return new TreeSet<>(objects.keySet());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private GcsAnswer answer(GcsExchange request) throws IOException {
    // Media are read from an address of their own, which answers as the other one does.
    String path = request.rawPath().replaceFirst("^/download/", "/");
    if (path.startsWith(UPLOAD) && request.method().equals("POST")) {
      return begin(request);
    }
    if (path.startsWith(SESSION) && request.method().equals("PUT")) {
      return proceed(request);
    }
    String objectPath = "/storage/v1/b/" + bucket + "/o";
    if (path.startsWith("/storage/v1/b/") && !path.startsWith(objectPath)) {
      return GcsAnswer.error(404, "The specified bucket does not exist.");
    }
    if (path.equals(objectPath) && request.method().equals("GET")) {
      return list(request);
    }
    if (path.startsWith(objectPath + "/")) {
      String name = GcsExchange.decode(path.substring(objectPath.length() + 1));
      return switch (request.method()) {
        case "GET" -> get(name, request);
        case "DELETE" -> delete(name, request);
        default -> GcsAnswer.error(501, request.method() + " " + path);
      };
    }
    return GcsAnswer.error(501, request.method() + " " + path);
  }

  private synchronized GcsAnswer get(String name, GcsExchange request) {
    GcsObject found = objects.get(name);
    if (found == null) {
      return GcsAnswer.error(404, "No such object: " + bucket + "/" + name);
    }
    if (!request.query("alt").equals("media")) {
      return GcsAnswer.json(200, found.json());
    }
    return GcsAnswer.media(found.content(), request.header("Range"));
  }

  private synchronized GcsAnswer delete(String name, GcsExchange request) {
    GcsObject found = objects.get(name);
    if (found == null) {
      return GcsAnswer.error(404, "No such object: " + bucket + "/" + name);
    }
    if (!request.permits("ifGenerationMatch", found.generation())) {
      return GcsAnswer.error(412, "At least one of the pre-conditions you specified did not hold.");
    }
    objects.remove(name);
    return GcsAnswer.empty(204);
  }

  private synchronized GcsAnswer list(GcsExchange request) {
    String prefix = request.query("prefix");
    String delimiter = request.query("delimiter");
    String after = request.query("pageToken");
    int max = request.query("maxResults").isEmpty() ? MAX_PAGE : request.number("maxResults");
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    TreeSet<String> prefixes = new TreeSet<>();
    String last = "";
    boolean more = false;
    for (GcsObject object : objects.tailMap(prefix, true).values()) {
      if (!object.name().startsWith(prefix)) {
        break;
      }
      int end = delimiter.isEmpty() ? -1 : object.name().indexOf(delimiter, prefix.length());
      String entry = end < 0 ? object.name() : object.name().substring(0, end + 1);
      if (entry.compareTo(after) <= 0 || prefixes.contains(entry)) {
        continue;
      }
      if (items.size() + prefixes.size() == max) {
        more = true;
        break;
      }
      last = entry;
      if (end < 0) {
        items.add(object.json());
      } else {
        prefixes.add(entry);
      }
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("kind", "storage#objects");
    answer.set("items", items);
    ArrayNode names = answer.putArray("prefixes");
    prefixes.forEach(names::add);
    if (more) {
      answer.put("nextPageToken", last);
    }
    return GcsAnswer.json(200, answer);
  }

  /**
   * A new session of an upload. The address of it has the name, for those that read it on the way.
   */
  private GcsAnswer begin(GcsExchange request) throws IOException {
    if (!request.rawPath().equals(UPLOAD + bucket + "/o")) {
      return GcsAnswer.error(404, "The specified bucket does not exist.");
    }
    if (!request.query("uploadType").equals("resumable")) {
      return GcsAnswer.error(501, "uploadType=" + request.query("uploadType"));
    }
    request.body();
    GcsUpload upload = new GcsUpload(request.query("name"), request.query("ifGenerationMatch"));
    synchronized (this) {
      if (!upload.mayCreate(generation(upload.name()))) {
        return GcsAnswer.error(
            412, "At least one of the pre-conditions you specified did not hold.");
      }
    }
    String id = UUID.randomUUID().toString();
    uploads.put(id, upload);
    String name = GcsExchange.encode(upload.name());
    return GcsAnswer.empty(200)
        .with("Location", "http://" + request.header("Host") + SESSION + id + "/" + name);
  }

  /** A part of an upload, or with no part the question how far it is. */
  private GcsAnswer proceed(GcsExchange request) throws IOException {
    GcsUpload upload = uploads.get(request.rawPath().split("/", -1)[2]);
    if (upload == null) {
      return GcsAnswer.error(404, "No such upload");
    }
    byte[] part = request.body();
    synchronized (this) {
      if (upload.created().isPresent()) {
        return GcsAnswer.json(200, upload.created().get().json());
      }
      if (!upload.add(request.header("Content-Range"), part)) {
        return upload.received() == 0
            ? GcsAnswer.empty(308)
            : GcsAnswer.empty(308).with("Range", "bytes=0-" + (upload.received() - 1));
      }
      if (!upload.mayCreate(generation(upload.name()))) {
        return GcsAnswer.error(
            412, "At least one of the pre-conditions you specified did not hold.");
      }
      GcsObject object = new GcsObject(bucket, upload.name(), upload.content(), ++generations);
      objects.put(object.name(), object);
      upload.complete(object);
      return GcsAnswer.json(200, object.json());
    }
  }

  private long generation(String name) {
    GcsObject found = objects.get(name);
    return found == null ? 0 : found.generation();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "gcs-server");
    thread.setDaemon(true);
    return thread;
  }
}
