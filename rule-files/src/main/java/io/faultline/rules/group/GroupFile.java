package io.faultline.rules.group;

import io.faultline.domain.group.FailedMember;
import io.faultline.domain.group.Gathered;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupShape;
import io.faultline.domain.group.Settling;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A set with failed members, as {@code decide --group} reads it.
 *
 * @param shape which jobs it is made of
 * @param counters how often it was started again so far
 * @param settling how long failures are gathered; empty where all that are listed are weighed
 *     together
 * @param failed in the order of the file, at least one
 */
public record GroupFile(
    GroupShape shape,
    GroupCounters counters,
    Optional<Settling> settling,
    List<FailedMember> failed) {

  /** Copies the list. */
  public GroupFile {
    failed = List.copyOf(failed);
  }

  /**
   * What is weighed of the failures.
   *
   * @param gathered the failures that are weighed, and those that are late
   * @param decidedAt when; empty where the file says nothing about settling, or all is late
   * @param after failures that came to be known after that
   */
  public record Weighed(Gathered gathered, Optional<Instant> decidedAt, List<FailedMember> after) {}

  /** Equals come in the order of the file. */
  public Weighed weighed() {
    Gathered all = Gathered.asListed(failed, counters);
    if (settling.isEmpty() || all.current().isEmpty()) {
      return new Weighed(all, Optional.empty(), List.of());
    }
    Instant at = settling.get().decidedAt(all.current());
    return new Weighed(
        new Gathered(
            all.current().stream().filter(each -> !each.knownAt().isAfter(at)).toList(),
            all.late()),
        Optional.of(at),
        all.current().stream().filter(each -> each.knownAt().isAfter(at)).toList());
  }
}
