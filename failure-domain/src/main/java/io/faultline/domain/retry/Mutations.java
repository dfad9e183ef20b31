package io.faultline.domain.retry;

import org.jspecify.annotations.Nullable;

/**
 * How the next run differs from the one that failed.
 *
 * @param avoidSameNode whether nodes of earlier runs are excluded
 * @param memory how memory grows; null when it does not
 */
public record Mutations(boolean avoidSameNode, @Nullable MemoryGrowth memory) {

  /** No difference. */
  public static final Mutations NONE = new Mutations(false, null);

  /** How memory grows, once for each failure whose matching rule says so. */
  public sealed interface MemoryGrowth {}

  /**
   * By a factor, each container by itself.
   *
   * @param factor as written in the file, a decimal number greater than 1
   */
  public record Factor(String factor) implements MemoryGrowth {}

  /**
   * By a fixed amount, shared among regular containers by their requests.
   *
   * @param bytes greater than 0
   */
  public record Fixed(long bytes) implements MemoryGrowth {}
}
