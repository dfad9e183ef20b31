package io.faultline.domain.evidence;

import org.jspecify.annotations.Nullable;

/**
 * What was seen of one container.
 *
 * @param name the container's name in the pod
 * @param role regular, init or ephemeral
 * @param image as written in the pod spec; may be empty
 * @param termination how it ended; null when it has not
 * @param waitingReason why it waits, for example {@code ImagePullBackOff}; empty when it does not
 * @param lastTermination how its previous instance ended; recorded, never matched; null when none
 */
public record ContainerEvidence(
    String name,
    ContainerRole role,
    String image,
    @Nullable Termination termination,
    String waitingReason,
    @Nullable Termination lastTermination) {

  /**
   * Whether this is a failed container: terminated with a non-zero exit code. An exit code of 0
   * never matches anything, whatever its reason and message. Ephemeral containers never count.
   */
  public boolean failed() {
    return role != ContainerRole.EPHEMERAL && termination != null && termination.exitCode() != 0;
  }
}
