package io.faultline.app;

import io.faultline.domain.resource.Resource;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;

/** Makes of a resource's body what a service works with. */
@FunctionalInterface
public interface ResourceParser {

  /** Stands for what a service has no use for, whatever its body says. */
  Object NOT_OURS = new Object();

  /**
   * The value of a resource; its kind says of which type.
   *
   * @throws RuntimeException where the body can't be read; its message names the place. The last
   *     good one then stays in force
   */
  Object parse(Resource resource);

  /** The one document of a resource's body. */
  static YamlNode document(Resource resource) {
    return YamlFile.read(resource.key(), resource.body()).single();
  }
}
