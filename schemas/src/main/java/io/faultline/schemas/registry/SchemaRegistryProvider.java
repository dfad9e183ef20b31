package io.faultline.schemas.registry;

import io.faultline.schemas.SchemaRegistry;
import java.util.Map;

/** Another registry client, found by {@link java.util.ServiceLoader}. */
public interface SchemaRegistryProvider {

  /**
   * Opens it; asks nothing yet.
   *
   * @param config Confluent's configuration keys
   */
  SchemaRegistry open(Map<String, String> config);
}
