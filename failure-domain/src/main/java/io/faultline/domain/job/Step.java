package io.faultline.domain.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one input comes to.
 *
 * @param state the job's state after it; null where the job was never submitted here
 * @param effects what is to be done, in order
 */
public record Step(@Nullable JobState state, List<JobEffect> effects) {

  /** Copies the list. */
  public Step {
    effects = List.copyOf(effects);
  }

  /** Nothing is done. */
  static Step nothing(@Nullable JobState state) {
    return new Step(state, List.of());
  }
}
