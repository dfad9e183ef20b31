package io.faultline.domain.resources;

import org.jspecify.annotations.Nullable;

/**
 * What one container of a pod asks for of one amount.
 *
 * @param name the container's name
 * @param init whether it is an init container
 * @param request null where it asks for none
 * @param limit null where it has none
 */
public record ContainerAmount(
    String name, boolean init, @Nullable Quantity request, @Nullable Quantity limit) {

  /** What Kubernetes takes as its request: a limit alone is a request too. Null where neither. */
  public @Nullable Quantity weight() {
    return request != null ? request : limit;
  }
}
