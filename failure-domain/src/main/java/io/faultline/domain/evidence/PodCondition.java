package io.faultline.domain.evidence;

/**
 * One condition of a pod that may say why it ended, such as Kubernetes' {@link #DISRUPTION_TARGET}
 * or one that a controller of the user's own has set. Those of a pod's ordinary life (Ready,
 * PodScheduled and the like) are not kept.
 *
 * @param type for example {@code DisruptionTarget}
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param reason for example {@code EvictionByEvictionAPI}; may be empty
 * @param message free text, already cut by the reporter; may be empty
 */
public record PodCondition(String type, String status, String reason, String message) {

  /** What Kubernetes sets on a pod that it is about to end for a node's or another pod's sake. */
  public static final String DISRUPTION_TARGET = "DisruptionTarget";
}
