package io.faultline.server.submit;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Instant;
import java.util.UUID;

/** Job ids: UUIDs of version 7 that carry the time of the submit and ascend within it. */
final class JobIds {

  private final TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();

  /** A new id whose time is this one, to the millisecond. */
  UUID next(Instant at) {
    return generator.construct(at.toEpochMilli());
  }
}
