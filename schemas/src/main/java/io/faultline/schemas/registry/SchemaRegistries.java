package io.faultline.schemas.registry;

import io.faultline.schemas.SchemaRegistry;
import java.util.Map;
import java.util.ServiceLoader;

/** Opens the registry client: a provided one where the class path has one, else our own. */
public final class SchemaRegistries {

  private SchemaRegistries() {}

  /**
   * Opens a client; asks nothing yet, so that a service starts while the registry is away.
   *
   * @param config Confluent's configuration keys, see {@link RegistrySettings}
   * @throws IllegalArgumentException naming the key, its value and what is allowed
   */
  public static SchemaRegistry open(Map<String, String> config) {
    return ServiceLoader.load(SchemaRegistryProvider.class)
        .findFirst()
        .map(provider -> provider.open(config))
        .orElseGet(() -> new HttpSchemaRegistry(RegistrySettings.of(config)));
  }
}
