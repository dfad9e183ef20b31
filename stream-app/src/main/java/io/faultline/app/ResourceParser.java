package io.faultline.app;

import io.faultline.domain.resource.Resource;

/** Makes of a resource's body what a service works with. */
@FunctionalInterface
public interface ResourceParser {

  /**
   * The value of a resource; its kind says of which type.
   *
   * @throws RuntimeException where the body can't be read; its message names the place. The last
   *     good one then stays in force
   */
  Object parse(Resource resource);
}
