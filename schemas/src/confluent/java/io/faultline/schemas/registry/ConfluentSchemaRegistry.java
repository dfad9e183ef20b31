package io.faultline.schemas.registry;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.faultline.schemas.RegistryException;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.UnknownSchemaException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The vendor's own client in place of ours; built by the Maven profile {@code confluent-client}. It
 * gets every setting as it is written, so its own keys, such as those of its OAuth, work too.
 */
public final class ConfluentSchemaRegistry implements SchemaRegistry {

  private static final int SCHEMAS = 1_000;
  private static final int SCHEMA_UNKNOWN = 40403;

  private final SchemaRegistryClient client;
  private final boolean autoRegister;
  private final Patience patience =
      new Patience(Duration.ofMillis(100), Duration.ofSeconds(10));

  /** Found by {@link SchemaRegistries}. */
  public static final class Provider implements SchemaRegistryProvider {
    @Override
    public SchemaRegistry open(Map<String, String> config) {
      return new ConfluentSchemaRegistry(config);
    }
  }

  ConfluentSchemaRegistry(Map<String, String> config) {
    List<String> urls =
        Arrays.stream(config.getOrDefault("schema.registry.url", "").split(","))
            .map(String::trim)
            .filter(url -> !url.isEmpty())
            .toList();
    this.client = new CachedSchemaRegistryClient(urls, SCHEMAS, config);
    this.autoRegister =
        Boolean.parseBoolean(
            config.getOrDefault(
                "schema.registry.auto.register.schemas",
                config.getOrDefault("auto.register.schemas", "true")));
  }

  private interface Question<T> {
    T ask() throws IOException, RestClientException;
  }

  @Override
  public int register(String subject, Schema schema) {
    // as text, so that the client may bring an Avro of its own
    ParsedSchema parsed = new AvroSchema(schema.toString());
    return ask(
        "register " + subject,
        () -> autoRegister ? client.register(subject, parsed) : client.getId(subject, parsed));
  }

  @Override
  public Schema byId(int id) {
    ParsedSchema found = ask("schema " + id, () -> client.getSchemaById(id));
    if (found == null || !found.schemaType().equals(AvroSchema.TYPE)) {
      throw new UnknownSchemaException(id);
    }
    return new Schema.Parser().parse(found.canonicalString());
  }

  @Override
  public void setCompatibility(String subject, String level) {
    ask("compatibility of " + subject, () -> client.updateCompatibility(subject, level));
  }

  private <T> T ask(String what, Question<T> question) {
    return patience.ask(
        what,
        () -> {
          try {
            return question.ask();
          } catch (RestClientException e) {
            if (e.getStatus() >= 500 || e.getStatus() == 429) {
              throw new IOException("answered " + e.getStatus(), e);
            } else if (e.getErrorCode() == SCHEMA_UNKNOWN && what.startsWith("schema ")) {
              throw new UnknownSchemaException(Integer.parseInt(what.substring(7)));
            }
            throw new RegistryException(
                "the schema registry refused " + what + ": " + e.getMessage());
          }
        });
  }

  @Override
  public long failedAttempts() {
    return patience.failedAttempts();
  }

  @Override
  public void close() {
    patience.close();
    try {
      client.close();
    } catch (IOException e) {
      throw new RegistryException("the registry client did not close: " + e.getMessage());
    }
  }
}
