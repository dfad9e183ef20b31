package io.faultline.domain.set;

import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.GroupPart;
import io.faultline.domain.job.GroupStart;
import io.faultline.domain.job.JobEffect;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.retry.RunMutations;
import io.faultline.domain.set.SetLayout.Place;
import java.util.ArrayList;
import java.util.List;

/** Asks for what of a set is owed a run now: one request, so that it is claimed whole. */
final class SetRequests {

  private final String podNamePrefix;

  SetRequests(String podNamePrefix) {
    this.podNamePrefix = podNamePrefix;
  }

  String podName(String jobId, int runIndex) {
    return GroupStart.podName(podNamePrefix, jobId, runIndex);
  }

  /** All that is owed and not held; a request of which a part is claimed already may come again. */
  void all(SetWork work) {
    work.owed = false;
    some(work, 0, work.layout.jobs());
  }

  /**
   * Of some jobs; of all, where a request may be gone that had others in it.
   *
   * @param from the first, from 0 in the set
   * @param to the one after the last
   */
  void of(SetWork work, int from, int to) {
    if (work.owed) {
      all(work);
    } else {
      some(work, from, to);
    }
  }

  private void some(SetWork work, int from, int to) {
    List<GroupPart> parts = new ArrayList<>();
    for (int index = from; index < to; index++) {
      ActiveJob job = work.active(index);
      if (job != null && isOwed(job)) {
        add(parts, part(work, index, job));
      }
    }
    if (parts.isEmpty()) {
      return;
    }
    // what runs on an executor needs its peers there; where nothing runs, anyone can have it
    GroupStart start =
        new GroupStart(
            work.job.jobId(),
            work.counters.restarts(),
            work.alive > 0 ? work.executor : "",
            podNamePrefix,
            parts);
    RunMutations mutations = work.asOne == null ? RunMutations.NONE : work.asOne.mutations();
    work.effects.add(new JobEffect.RequestRun(RunRequest.of(work.job, start, mutations, work.now)));
  }

  private static boolean isOwed(ActiveJob job) {
    return !job.run().held() && !job.run().waits() && !job.awaitsItsSet();
  }

  private static GroupPart part(SetWork work, int index, ActiveJob job) {
    Place place = work.layout.memberOf(index);
    return new GroupPart(
        place.template().spec(),
        place.templateFirst(),
        index,
        1,
        job.run().id().index(),
        work.member(place).restarts());
  }

  /** Joins it to the last one where it goes on from there. */
  private static void add(List<GroupPart> parts, GroupPart next) {
    GroupPart last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
    if (last != null
        && last.specFirst() == next.specFirst()
        && last.first() + last.count() == next.first()
        && last.runIndex() == next.runIndex()
        && last.attempt() == next.attempt()) {
      parts.set(
          parts.size() - 1,
          new GroupPart(
              last.spec(),
              last.specFirst(),
              last.first(),
              last.count() + 1,
              last.runIndex(),
              last.attempt()));
    } else {
      parts.add(next);
    }
  }
}
