package io.faultline.domain.classify.matcher;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.PodEvent;
import java.util.List;
import java.util.Objects;

/** The texts of a failure that patterns are sought in. */
public enum TextKind {
  /** Of failed containers. */
  TERMINATION_MESSAGE {
    @Override
    public List<String> of(Evidence evidence) {
      return evidence.failedContainers().stream()
          .map(ContainerEvidence::termination)
          .filter(Objects::nonNull)
          .map(termination -> termination.message())
          .filter(text -> !text.isEmpty())
          .toList();
    }
  },
  /** What the executor itself captured. */
  POD_ERROR {
    @Override
    public List<String> of(Evidence evidence) {
      return evidence.podError().isEmpty() ? List.of() : List.of(evidence.podError());
    }
  },
  /** Messages of the pod's events. */
  POD_EVENT {
    @Override
    public List<String> of(Evidence evidence) {
      return evidence.events().stream()
          .map(PodEvent::message)
          .filter(text -> !text.isEmpty())
          .toList();
    }
  };

  /** The texts of this kind, but the empty ones: they match no pattern. */
  public abstract List<String> of(Evidence evidence);
}
