package io.faultline.schemas.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faultline.schemas.RegistryException;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.UnknownSchemaException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * Speaks Confluent's REST API. Answers are remembered for ever: an id never changes its meaning.
 * That there is none is remembered for some seconds. What the registry answers counts; where it
 * doesn't answer, or with 5xx or 429, {@link Patience} asks again, at each of its addresses in
 * turn.
 */
final class HttpSchemaRegistry implements SchemaRegistry {

  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int CONFLICT = 409;
  private static final int SUBJECT_UNKNOWN = 40401;
  private static final int SCHEMA_UNKNOWN = 40403;

  /** So that a flood of records with one bad id is not a flood of questions. */
  private static final long STAYS_UNKNOWN_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int UNKNOWN_REMEMBERED = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Registered(String subject, Schema schema) {}

  private record Answer(String question, int status, String body) {}

  private final RegistrySettings settings;
  private final HttpClient http;
  private final Patience patience;
  private final ConcurrentMap<Registered, Integer> ids = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, Long> unknownSince = new ConcurrentHashMap<>();
  private volatile int preferred;

  HttpSchemaRegistry(RegistrySettings settings) {
    this(settings, new Patience(Duration.ofMillis(100), Duration.ofSeconds(10)));
  }

  HttpSchemaRegistry(RegistrySettings settings, Patience patience) {
    this.settings = settings;
    this.patience = patience;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.connectTimeout());
    if (settings.tls() != null) {
      builder.sslContext(settings.tls());
    }
    this.http = builder.build();
  }

  @Override
  public int register(String subject, Schema schema) {
    Registered what = new Registered(subject, schema);
    Integer known = ids.get(what);
    if (known == null) {
      known = askId(subject, schema);
      ids.put(what, known);
      schemas.putIfAbsent(known, schema);
    }
    return known;
  }

  private int askId(String subject, Schema schema) {
    String body = JsonNodeFactory.instance.objectNode().put("schema", schema.toString()).toString();
    String path = "/subjects/" + encoded(subject);
    if (!settings.autoRegister()) {
      return lookUp(path, body)
          .orElseThrow(
              () ->
                  new RegistryException(
                      "the schema of "
                          + subject
                          + " is not registered, and auto.register.schemas is false: register it"
                          + " first"));
    }
    Answer answer = ask("POST", path + "/versions", body);
    if (answer.status() == CONFLICT) {
      // a registry also answers so to the slower of two that register a new subject at once
      Optional<Integer> others = lookUp(path, body);
      if (others.isPresent()) {
        return others.get();
      }
      answer = ask("POST", path + "/versions", body);
    }
    return id(accepted(answer));
  }

  /** Empty where the schema is not registered under its subject. */
  private Optional<Integer> lookUp(String path, String body) {
    Answer answer = ask("POST", path, body);
    int error = errorCode(answer);
    boolean missing = error == SUBJECT_UNKNOWN || error == SCHEMA_UNKNOWN;
    return missing ? Optional.empty() : Optional.of(id(accepted(answer)));
  }

  private static int id(Answer answer) {
    JsonNode id = json(answer).path("id");
    if (!id.isInt()) {
      throw new RegistryException(answer.question() + " was answered without an id");
    }
    return id.intValue();
  }

  @Override
  public Schema byId(int id) {
    if (id < 0) {
      throw new UnknownSchemaException(id);
    }
    Schema known = schemas.get(id);
    if (known == null) {
      known = askSchema(id);
      schemas.put(id, known);
    }
    return known;
  }

  private Schema askSchema(int id) {
    Long since = unknownSince.get(id);
    if (since != null && System.nanoTime() - since < STAYS_UNKNOWN_NANOS) {
      throw new UnknownSchemaException(id);
    }
    Answer answer = ask("GET", "/schemas/ids/" + id, null);
    if (errorCode(answer) == SCHEMA_UNKNOWN) {
      rememberUnknown(id);
      throw new UnknownSchemaException(id);
    }
    JsonNode found = json(accepted(answer));
    String type = found.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      // a schema, but none that any reader of ours could ever use
      throw new UnknownSchemaException(id);
    }
    try {
      return new Schema.Parser().parse(found.path("schema").asText());
    } catch (SchemaParseException e) {
      throw new RegistryException(answer.question() + ": not an Avro schema: " + e.getMessage());
    }
  }

  private void rememberUnknown(int id) {
    if (unknownSince.size() >= UNKNOWN_REMEMBERED) {
      unknownSince.clear();
    }
    unknownSince.put(id, System.nanoTime());
  }

  @Override
  public void setCompatibility(String subject, String level) {
    String body = JsonNodeFactory.instance.objectNode().put("compatibility", level).toString();
    accepted(ask("PUT", "/config/" + encoded(subject), body));
  }

  private static String encoded(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8);
  }

  private static int errorCode(Answer answer) {
    return answer.status() == 404 ? json(answer).path("error_code").asInt() : 0;
  }

  private static Answer accepted(Answer answer) {
    if (answer.status() == 200) {
      return answer;
    }
    String detail = json(answer).path("message").asText(answer.body());
    String meaning =
        switch (answer.status()) {
          case 401, 403 -> " (look at basic.auth.* and bearer.auth.*)";
          case 404 -> " (look at the path in schema.registry.url)";
          case CONFLICT -> " (not compatible with what is registered)";
          case 422 -> " (not a valid schema)";
          default -> "";
        };
    throw new RegistryException(
        "the schema registry refused "
            + answer.question()
            + " with "
            + answer.status()
            + meaning
            + ": "
            + detail.lines().findFirst().orElse(""));
  }

  /** Empty where the body is none. */
  private static JsonNode json(Answer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.objectNode();
    }
  }

  private Answer ask(String method, String path, String body) {
    return patience.ask(method + " " + path, () -> askEach(method, path, body));
  }

  /** From the address that answered last, each once. */
  private Answer askEach(String method, String path, String body)
      throws IOException, InterruptedException {
    List<RegistrySettings.Node> nodes = settings.nodes();
    IOException away = null;
    int first = preferred;
    for (int i = 0; i < nodes.size(); i++) {
      int turn = (first + i) % nodes.size();
      try {
        Answer answer = askOne(nodes.get(turn), method, path, body);
        preferred = turn;
        return answer;
      } catch (IOException e) {
        away = new IOException(nodes.get(turn) + ": " + e, e);
      }
    }
    throw away;
  }

  private Answer askOne(RegistrySettings.Node node, String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(node.base() + path))
            .timeout(settings.readTimeout())
            .header("Accept", MEDIA_TYPE + ", application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", MEDIA_TYPE);
    }
    if (!node.authorization().isEmpty()) {
      request.header("Authorization", node.authorization());
    }
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() >= 500 || response.statusCode() == 429) {
      throw new IOException("answered " + response.statusCode());
    }
    return new Answer(method + " " + node.base() + path, response.statusCode(), response.body());
  }

  @Override
  public long failedAttempts() {
    return patience.failedAttempts();
  }

  @Override
  public void close() {
    patience.close();
  }
}
