package io.faultline.server.submit;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import io.faultline.domain.set.SetIds;
import java.time.Instant;
import java.util.UUID;

/** Job ids: UUIDs of version 7 that carry the time of the submit and ascend within it. */
final class JobIds {

  private final TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();

  // of one millisecond they must differ in more than the last bits, which are the jobs'
  private final TimeBasedEpochRandomGenerator sets = Generators.timeBasedEpochRandomGenerator();

  /** A new id whose time is this one, to the millisecond. */
  UUID next(Instant at) {
    return generator.construct(at.toEpochMilli());
  }

  /** A new id of a set, whose time is this one. */
  String nextSet(Instant at) {
    return SetIds.set(sets.construct(at.toEpochMilli()));
  }
}
