package io.faultline.domain.group;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which failures of a set are causes and which are collateral, that is, were brought about by
 * others. A function of the failures alone: when they came to be known makes no difference.
 *
 * <p>A failure is collateral when its member was told to stop, when it lost a peer (so another one
 * failed, whether or not that is known yet), or when SIGTERM or SIGKILL ended it after another had
 * failed, or at the instant at which the first one ended by itself: Kubernetes tells whole seconds.
 *
 * @param causes in the order given
 * @param collateral in the order given
 */
public record Election(List<FailedMember> causes, List<FailedMember> collateral) {

  /** Copies the lists. */
  public Election {
    causes = List.copyOf(causes);
    collateral = List.copyOf(collateral);
  }

  /** Tells causes from collateral, and keeps the order of both. */
  public static Election of(List<FailedMember> failed) {
    return failed.isEmpty() ? new Election(failed, failed) : of(failed, Onset.of(failed));
  }

  /**
   * The same, where some that failed with them were decided about already.
   *
   * @param onset of all that failed
   */
  public static Election of(List<FailedMember> failed, Onset onset) {
    List<FailedMember> causes = new ArrayList<>();
    List<FailedMember> collateral = new ArrayList<>();
    for (FailedMember each : failed) {
      boolean brought =
          each.toldToStop()
              || each.endedBy() == EndedBy.LOST_PEER
              || (each.bySignal() && onset.before(each.failedAt()));
      (brought ? collateral : causes).add(each);
    }
    return new Election(causes, collateral);
  }

  /**
   * Those that can be blamed: the causes. Where none is known, the collateral ones: first who was
   * ended by a signal, which may have come from outside, then who lost a peer, which says that it
   * was another, last who was told to stop.
   */
  public List<FailedMember> suspects() {
    return Stream.of(
            causes,
            only(each -> !each.toldToStop() && each.bySignal()),
            only(each -> !each.toldToStop()),
            collateral)
        .filter(each -> !each.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private List<FailedMember> only(Predicate<FailedMember> wanted) {
    return collateral.stream().filter(wanted).toList();
  }

  /** Whether nobody is left to decide about. */
  public boolean isEmpty() {
    return causes.isEmpty() && collateral.isEmpty();
  }

  /** What is left once one was decided about; the others stay what they were. */
  public Election without(FailedMember decided) {
    return new Election(others(causes, decided), others(collateral, decided));
  }

  static List<FailedMember> others(List<FailedMember> failed, FailedMember but) {
    return failed.stream().filter(each -> !each.equals(but)).toList();
  }

  /** The one to blame where no rule says otherwise. */
  public FailedMember firstSuspect() {
    return earliest(suspects());
  }

  /** The one that failed first; of those that failed at the same time the first in the list. */
  static FailedMember earliest(List<FailedMember> failed) {
    return failed.stream().min(Comparator.comparing(FailedMember::failedAt)).orElseThrow();
  }
}
