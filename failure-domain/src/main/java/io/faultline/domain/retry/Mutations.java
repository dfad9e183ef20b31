package io.faultline.domain.retry;

import io.faultline.domain.resources.Growth;
import java.util.Comparator;
import java.util.List;

/**
 * How the next run differs from the one that failed.
 *
 * @param avoidSameNode whether nodes of earlier runs are excluded
 * @param preferOtherNode whether other nodes than those of earlier runs are preferred
 * @param growths what grows, by amount; at most one of each
 */
public record Mutations(boolean avoidSameNode, boolean preferOtherNode, List<Growth> growths) {

  /** No difference. */
  public static final Mutations NONE = new Mutations(false, false, List.of());

  /** Copies the list, and puts it in order. */
  public Mutations {
    growths = growths.stream().sorted(Comparator.comparing(Growth::amount)).toList();
    if (growths.stream().map(Growth::amount).distinct().count() < growths.size()) {
      throw new IllegalArgumentException("an amount grows in one way only: " + growths);
    }
  }
}
