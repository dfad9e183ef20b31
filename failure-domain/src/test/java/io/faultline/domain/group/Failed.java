package io.faultline.domain.group;

import java.time.Instant;
import java.util.List;

/** Failed members for tests: replicas of {@code workers}, unless said otherwise. */
final class Failed {
  static final GroupShape SHAPE =
      new GroupShape(List.of(new ReplicatedJob("leader", 1), new ReplicatedJob("workers", 4)));

  private Failed() {}

  static FailedMember itself(int index, long second) {
    return by(EndedBy.ITSELF, index, second);
  }

  static FailedMember by(EndedBy endedBy, int index, long second) {
    return new FailedMember(
        new GroupMember("s-workers-" + index, "workers", index),
        Fence.FIRST,
        new JobFailure(JobFailureReason.BACKOFF_LIMIT_EXCEEDED, "", List.of()),
        Instant.ofEpochSecond(second),
        Instant.ofEpochSecond(second),
        endedBy,
        false);
  }

  static FailedMember told(int index, long second) {
    FailedMember failed = itself(index, second);
    return new FailedMember(
        failed.member(),
        failed.fence(),
        failed.failure(),
        failed.failedAt(),
        failed.knownAt(),
        EndedBy.ITSELF,
        true);
  }

  static FailedMember knownAt(FailedMember failed, long second) {
    return new FailedMember(
        failed.member(),
        failed.fence(),
        failed.failure(),
        failed.failedAt(),
        Instant.ofEpochSecond(second),
        failed.endedBy(),
        failed.toldToStop());
  }

  static FailedMember started(FailedMember failed, Fence fence) {
    return new FailedMember(
        failed.member(),
        fence,
        failed.failure(),
        failed.failedAt(),
        failed.knownAt(),
        failed.endedBy(),
        failed.toldToStop());
  }
}
