package io.faultline.domain.evidence;

/** Which of a pod's lists a container stands in. Ephemeral ones are recorded, never matched. */
public enum ContainerRole {
  REGULAR,
  INIT,
  EPHEMERAL
}
