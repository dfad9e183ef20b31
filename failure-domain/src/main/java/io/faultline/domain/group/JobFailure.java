package io.faultline.domain.group;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a member failed, as rules ask for it.
 *
 * @param reason null where it is none of those that Kubernetes gives a Job
 * @param message may be empty
 * @param categories every category that the failure belongs to
 */
public record JobFailure(
    @Nullable JobFailureReason reason, String message, List<String> categories) {

  /** Copies the list. */
  public JobFailure {
    categories = List.copyOf(categories);
  }
}
