package io.faultline.domain.evidence;

/**
 * One event about the pod.
 *
 * @param type {@code Normal} or {@code Warning}
 * @param reason for example {@code BackOff}; may be empty
 * @param message free text; may be empty
 */
public record PodEvent(String type, String reason, String message) {}
