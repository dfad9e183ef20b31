package io.faultline.domain.classify.matcher;

import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.PodEvent;
import io.faultline.domain.pattern.Re2Pattern;

/**
 * Holds where one event of the pod fits all three.
 *
 * @param type {@code Normal} or {@code Warning}
 * @param reason exactly; empty for any
 * @param message an empty message matches none
 */
public record OnPodEvents(String type, String reason, Re2Pattern message) implements Matcher {

  /** Refuses another type. */
  public OnPodEvents {
    if (!type.equals("Normal") && !type.equals("Warning")) {
      throw new IllegalArgumentException(
          "unknown event type \"" + type + "\"; allowed: Normal, Warning");
    }
  }

  @Override
  public boolean matches(Evidence evidence) {
    return evidence.events().stream().anyMatch(this::fits);
  }

  private boolean fits(PodEvent event) {
    return event.type().equals(type)
        && (reason.isEmpty() || event.reason().equals(reason))
        && message.findNonEmpty(event.message());
  }

  @Override
  public void triggers(Triggers triggers) {
    triggers.onText(TextKind.POD_EVENT, message);
  }
}
