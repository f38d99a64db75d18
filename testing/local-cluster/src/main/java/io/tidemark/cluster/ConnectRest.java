package io.tidemark.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/** The REST interface of a Connect worker. A refusal becomes an error that quotes the worker. */
public final class ConnectRest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Patience REBALANCE = Patience.ofSeconds(60);
  private static final Duration ANSWER = Duration.ofSeconds(90);
  private static final Duration HEALTH = Duration.ofSeconds(2);

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final URI worker;

  /**
   * @param worker such as {@code http://127.0.0.1:8083}
   */
  public ConnectRest(URI worker) {
    this.worker = worker;
  }

  public URI uri() {
    return worker;
  }

  /** Names of all connectors of the Connect cluster. */
  public List<String> connectors() {
    List<String> names = new ArrayList<>();
    get("/connectors").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** Whether the worker has joined its group and has read its topics; false when none answers. */
  public boolean healthy() {
    try {
      return send("GET", "/health", BodyPublishers.noBody(), HEALTH).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Every plugin that the worker has found. */
  public List<JsonNode> plugins() {
    List<JsonNode> plugins = new ArrayList<>();
    get("/connector-plugins?connectorsOnly=false").forEach(plugins::add);
    return plugins;
  }

  /** Creates the connector, or gives it a new configuration. */
  public JsonNode put(String connector, Map<String, String> config) {
    return request("PUT", path(connector, "/config"), config);
  }

  /** Creates a connector from the document {@code {"name": ..., "config": {...}}}. */
  public JsonNode create(JsonNode document) {
    return request("POST", "/connectors", document);
  }

  /** The validation errors of the configuration: key, and its messages. */
  public Map<String, List<String>> validate(String connectorClass, Map<String, String> config) {
    String plugin = connectorClass.substring(connectorClass.lastIndexOf('.') + 1);
    JsonNode answer = request("PUT", "/connector-plugins/" + plugin + "/config/validate", config);
    return refusals(answer);
  }

  /** State of the connector and of its tasks, as the worker tells it. */
  public JsonNode status(String connector) {
    return get(path(connector, "/status"));
  }

  /** Whether the connector and this many tasks are RUNNING. */
  public boolean running(String connector, int tasks) {
    JsonNode status = status(connector);
    int running = 0;
    for (JsonNode task : status.path("tasks")) {
      running += task.path("state").asText().equals("RUNNING") ? 1 : 0;
    }
    return status.at("/connector/state").asText().equals("RUNNING") && running == tasks;
  }

  /** Committed offsets of a sink, or the source offsets of a source. */
  public JsonNode offsets(String connector) {
    return get(path(connector, "/offsets"));
  }

  /**
   * Sets offsets of a stopped connector.
   *
   * @param offsets the document {@code {"offsets": [...]}}
   */
  public JsonNode alterOffsets(String connector, JsonNode offsets) {
    return request("PATCH", path(connector, "/offsets"), offsets);
  }

  /** Forgets all offsets of a stopped connector. */
  public void resetOffsets(String connector) {
    request("DELETE", path(connector, "/offsets"), null);
  }

  public void pause(String connector) {
    request("PUT", path(connector, "/pause"), null);
  }

  public void resume(String connector) {
    request("PUT", path(connector, "/resume"), null);
  }

  /** Ends all tasks; the connector stays known. */
  public void stop(String connector) {
    request("PUT", path(connector, "/stop"), null);
  }

  /** Restarts the connector and all its tasks, failed or not. */
  public void restart(String connector) {
    request("POST", path(connector, "/restart?includeTasks=true"), null);
  }

  public void restartTask(String connector, int task) {
    request("POST", path(connector, "/tasks/" + task + "/restart"), null);
  }

  public void delete(String connector) {
    request("DELETE", path(connector, ""), null);
  }

  private static String path(String connector, String rest) {
    return "/connectors/" + connector + rest;
  }

  private JsonNode get(String path) {
    return request("GET", path, null);
  }

  /** Retries while the group rebalances: the worker answers that it cannot serve requests then. */
  private JsonNode request(String method, String path, Object body) {
    String request = method + " " + path;
    AtomicReference<HttpResponse<String>> response = new AtomicReference<>();
    REBALANCE.await(
        request + " is answered after the rebalance",
        () -> {
          response.set(answer(request, method, path, body));
          return !rebalancing(response.get());
        });
    return json(request, response.get());
  }

  private HttpResponse<String> answer(String request, String method, String path, Object body) {
    try {
      BodyPublisher publisher =
          body == null
              ? BodyPublishers.noBody()
              : BodyPublishers.ofString(JSON.writeValueAsString(body));
      return send(method, path, publisher, ANSWER);
    } catch (IOException e) {
      throw ClusterErrors.unreachable(request, e);
    }
  }

  private HttpResponse<String> send(String method, String path, BodyPublisher body, Duration limit)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(worker.resolve(path))
            .timeout(limit)
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw ClusterErrors.interrupted(method + " " + path, e);
    }
  }

  private static boolean rebalancing(HttpResponse<String> response) {
    return response.statusCode() == 409 && !response.body().contains("already exists");
  }

  private static JsonNode json(String request, HttpResponse<String> response) {
    JsonNode body;
    try {
      body = JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw ClusterErrors.refused(request, response.statusCode(), "an answer that is not JSON");
    }
    if (response.statusCode() >= 300) {
      String reason = body.path("message").asText("no reason given");
      throw ClusterErrors.refused(request, response.statusCode(), reason);
    }
    return body;
  }

  private static Map<String, List<String>> refusals(JsonNode validation) {
    Map<String, List<String>> refusals = new TreeMap<>();
    for (JsonNode entry : validation.path("configs")) {
      JsonNode value = entry.path("value");
      List<String> messages = new ArrayList<>();
      value.path("errors").forEach(message -> messages.add(message.asText()));
      if (!messages.isEmpty()) {
        refusals.put(value.path("name").asText(), messages);
      }
    }
    return refusals;
  }
}
