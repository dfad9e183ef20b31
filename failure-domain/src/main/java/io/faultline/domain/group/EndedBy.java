package io.faultline.domain.group;

import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.PodCondition;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.pattern.Re2Pattern;
import io.faultline.domain.retry.RetryCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What ended a member that failed, as far as it says whether another one is behind it. */
public enum EndedBy {
  /** Its own doing, or nobody knows better. */
  ITSELF("itself"),
  SIGTERM("SIGTERM"),
  SIGKILL("SIGKILL"),

  /** It lost its connection to another member: so another one failed before it. */
  LOST_PEER("a lost peer");

  private static final int KILL = 9;
  private static final int TERM = 15;

  /** A process that a signal ended exits with 128 and the signal. */
  private static final int BY_SIGNAL = 128;

  /** A category of this name says that a failure is one of {@link #LOST_PEER}. */
  public static final String LOST_PEER_CATEGORY = "lost-peer";

  /** What sockets and the libraries for collectives say when the other end has gone. */
  private static final Re2Pattern PEER_GONE =
      Re2Pattern.compile(
          "(?i)connection (was )?(reset|closed|lost|terminated) by (the )?(remote )?peer"
              + "|ncclRemoteError|remote process (has )?(exited|terminated)"
              + "|lost connection to (a |the )?(peer|rank|worker)"
              + "|broken pipe");

  private final String words;

  EndedBy(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /**
   * By its exit code and signal, each null where there is none. A lost peer is not seen in them.
   */
  public static EndedBy of(@Nullable Integer exitCode, @Nullable Integer signal) {
    if (ended(TERM, exitCode, signal)) {
      return SIGTERM;
    }
    return ended(KILL, exitCode, signal) ? SIGKILL : ITSELF;
  }

  /**
   * By all that was seen. A signal says nothing where it is known who sent it: the kernel, as
   * memory ran out, or the cluster, for a reason that has nothing to do with the set.
   *
   * @param categories those that the failure belongs to
   */
  public static EndedBy of(Evidence evidence, List<String> categories) {
    ContainerEvidence failed = evidence.firstFailedContainer();
    Termination end = failed == null ? null : failed.termination();
    if (categories.contains(LOST_PEER_CATEGORY) || (end != null && PEER_GONE.find(end.message()))) {
      return LOST_PEER;
    }
    boolean fromOutside =
        evidence.kind() != EvidenceKind.POD_FAILED
            || !evidence.podReason().isEmpty()
            || evidence.conditions().stream().anyMatch(EndedBy::disrupted);
    if (end == null || fromOutside || end.reason().equals(RetryCondition.OOM_KILLED.word())) {
      return ITSELF;
    }
    return of(end.exitCode(), end.signal());
  }

  private static boolean disrupted(PodCondition condition) {
    return condition.type().equals(PodCondition.DISRUPTION_TARGET)
        && condition.status().equals("True");
  }

  private static boolean ended(int by, @Nullable Integer exitCode, @Nullable Integer signal) {
    return (signal != null && signal == by) || (exitCode != null && exitCode == BY_SIGNAL + by);
  }
}
