package io.faultline.domain.watched;

import io.faultline.domain.group.EndedBy;
import io.faultline.domain.group.FailedMember;
import io.faultline.domain.group.Fence;
import io.faultline.domain.group.JobFailure;
import io.faultline.domain.group.JobFailureReason;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A failed Job with those of its failed pods that are known.
 *
 * @param failed the Job
 * @param knownAt when it became known
 * @param pods in the order in which they failed
 */
record PodsOfJob(WatchedMember failed, Instant knownAt, List<WatchedPod> pods) {

  /** How a Job's controller names the pod that fitted a rule of its podFailurePolicy. */
  private static final Pattern NAMED =
      Pattern.compile("(?:for pod|^Pod) [^/ ]+/([^ ]+) (?:failed|has condition) ");

  PodsOfJob {
    pods =
        pods.stream()
            .sorted(
                Comparator.comparing(WatchedPod::at)
                    .thenComparing(WatchedPod::lostPeer)
                    .thenComparing(WatchedPod::podName))
            .toList();
  }

  /** Whether the pods that failed it are known. */
  boolean complete() {
    return named().isPresent()
        ? pods.stream().anyMatch(pod -> pod.podName().equals(named().get()))
        : pods.size() >= failed.failedPods();
  }

  private Optional<String> named() {
    if (failed.knownReason() != JobFailureReason.POD_FAILURE_POLICY) {
      return Optional.empty();
    }
    Matcher matcher = NAMED.matcher(failed.message());
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /**
   * The pod that failed the Job: the one that its message names; else the one whose failure was one
   * too many, where those that lost a peer are left aside while there are others.
   */
  Optional<WatchedPod> culprit() {
    Optional<WatchedPod> said =
        named().flatMap(n -> pods.stream().filter(p -> p.podName().equals(n)).findFirst());
    if (said.isPresent() || pods.isEmpty()) {
      return said;
    }
    List<WatchedPod> own = pods.stream().filter(pod -> !pod.lostPeer()).toList();
    List<WatchedPod> suspects = own.isEmpty() ? pods : own;
    int oneTooMany = Math.max(0, failed.failedPods() - 1);
    return Optional.of(suspects.get(Math.min(oneTooMany, suspects.size() - 1)));
  }

  /** A Job whose place is not known has no starts of its own. */
  private Fence fence() {
    return failed.member().jobIndex() == null
        ? new Fence(failed.fence().generation(), 0)
        : failed.fence();
  }

  /**
   * As a member of its set. It failed when its culprit did: the Job's controller finds that later,
   * and not after the same time for each Job. A deadline is nobody's doing but its own.
   */
  FailedMember member() {
    Optional<WatchedPod> culprit = culprit();
    boolean byDeadline = failed.knownReason() == JobFailureReason.DEADLINE_EXCEEDED;
    return new FailedMember(
        failed.member(),
        fence(),
        new JobFailure(
            failed.knownReason(),
            failed.message(),
            culprit.map(WatchedPod::categories).orElse(List.of())),
        culprit
            .map(WatchedPod::at)
            .filter(at -> !byDeadline && at.isBefore(failed.failedAt()))
            .orElse(failed.failedAt()),
        knownAt,
        byDeadline ? EndedBy.ITSELF : culprit.map(WatchedPod::endedBy).orElse(EndedBy.ITSELF),
        failed.toldToStop());
  }
}
