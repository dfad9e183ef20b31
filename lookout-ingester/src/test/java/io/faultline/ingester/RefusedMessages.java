package io.faultline.ingester;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.evidence.JobError;
import io.faultline.ingester.plan.Message;
import java.util.Random;

/** Messages that PostgreSQL refuses, though nothing is wrong with them elsewhere. */
public final class RefusedMessages {

  /** Longer than an entry of an index may be, and not to be compressed below that. */
  public static final String TOO_LONG_FOR_AN_INDEX = incompressible(8_000);

  private RefusedMessages() {}

  /** An uncounted failure, so that no row but its own is touched. */
  public static Message.Failure failure(long seed) {
    ClassifiedError error = someFailure(seed).error();
    JobError e = error.error();
    return new Message.Failure(
        new ClassifiedError(
            new JobError(
                TOO_LONG_FOR_AN_INDEX,
                e.job(),
                e.run(),
                e.executor(),
                e.cluster(),
                e.namespace(),
                e.podName(),
                e.at(),
                e.terminal(),
                e.evidence()),
            error.classification(),
            error.categoriesName(),
            error.categoriesRevision(),
            false,
            error.counts(),
            FailureRates.UNKNOWN));
  }

  /** A counted failure that nothing is wrong with. */
  public static Message.Failure someFailure(long seed) {
    for (long s = seed * 1_000; ; s++) {
      for (Message message : Life.of(s).messages()) {
        if (message instanceof Message.Failure failure && failure.error().counted()) {
          return failure;
        }
      }
    }
  }

  private static String incompressible(int length) {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder("zzz"); // greater than any other text here
    for (int i = 0; i < length; i++) {
      text.append((char) ('!' + random.nextInt(90)));
    }
    return text.toString();
  }
}
