package io.faultline.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * What happens to whom: a pure function of a seed. Neither this nor {@link Model} knows a class of
 * the product.
 */
final class Plan {

  /** How a run can end. */
  enum End {
    SUCCEEDED,
    USER_ERROR,
    TRANSIENT,
    OUT_OF_MEMORY,
    UNKNOWN_ERROR,
    PREEMPTED,
    LEASE_RETURNED
  }

  /** What else is said of a run's failure. */
  enum Noise {
    NONE,
    /** The same report again, at once. */
    REPEATED,
    /** The same report again, when the job is over. */
    REPEATED_LATE,
    /** Another terminal report of the same run, after the first. */
    CONTRADICTED,
    /** A report that did not end the run, before the one that did. */
    WARNED
  }

  enum Queue {
    /** Policy `three`: three retries by default, none for user errors, preemption named. */
    RETRYING("retrying"),
    /** Policy `strict`: one retry, of transient errors only. */
    STRICT("strict"),
    /** Names a policy that is not there. */
    BROKEN("broken");

    final String queueName;

    Queue(String queueName) {
      this.queueName = queueName;
    }
  }

  /**
   * A job of ours.
   *
   * @param failsAfterSuccess whether a failure of a succeeded run is reported when the job is over
   * @param livesOn whether its last run says that it runs when the job is over
   */
  record Job(
      String id,
      Queue queue,
      boolean failFast,
      long seed,
      boolean failsAfterSuccess,
      boolean livesOn) {

    /** How a run of it ends. */
    End end(int run) {
      double p = random(run).nextDouble();
      if (p < 0.24) {
        return End.SUCCEEDED;
      } else if (p < 0.29) {
        return End.USER_ERROR;
      } else if (p < 0.65) {
        return End.TRANSIENT;
      } else if (p < 0.75) {
        return End.OUT_OF_MEMORY;
      } else if (p < 0.85) {
        return End.UNKNOWN_ERROR;
      } else if (p < 0.93) {
        return End.PREEMPTED;
      }
      return End.LEASE_RETURNED;
    }

    /** What else is said of that failure. */
    Noise noise(int run) {
      Random random = random(run);
      random.nextDouble();
      return Plan.noise(random);
    }

    private Random random(int run) {
      return new Random(seed * 31 + run);
    }
  }

  /** A job that was never submitted here; every run of it fails. */
  record Foreign(String id, List<End> ends, List<Noise> noise) {}

  final List<Job> jobs = new ArrayList<>();
  final List<Foreign> foreign = new ArrayList<>();

  /** Jobs until their failures, and those of jobs of others, are as many as asked for. */
  Plan(long seed, int failures) {
    Random random = new Random(seed);
    int theirs = failures / 2;
    for (int made = 0; made < theirs; ) {
      int count = Math.min(1 + random.nextInt(8), theirs - made);
      List<End> ends = new ArrayList<>();
      List<Noise> noise = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ends.add(End.values()[1 + random.nextInt(4)]);
        noise.add(noise(random));
      }
      foreign.add(new Foreign(id(random), ends, noise));
      made += count;
    }
    for (int made = 0; made < failures - theirs; ) {
      double p = random.nextDouble();
      Queue queue = p < 0.75 ? Queue.RETRYING : p < 0.95 ? Queue.STRICT : Queue.BROKEN;
      Job job =
          new Job(
              id(random),
              queue,
              random.nextDouble() < 0.02,
              random.nextLong(),
              random.nextDouble() < 0.05,
              random.nextDouble() < 0.05);
      jobs.add(job);
      made += new Model(job).failedRuns();
    }
  }

  private static Noise noise(Random random) {
    double p = random.nextDouble();
    if (p < 0.08) {
      return Noise.REPEATED;
    } else if (p < 0.12) {
      return Noise.REPEATED_LATE;
    } else if (p < 0.14) {
      return Noise.CONTRADICTED;
    } else if (p < 0.16) {
      return Noise.WARNED;
    }
    return Noise.NONE;
  }

  /** A UUID of version 7 with a time in March 2026. */
  private static String id(Random random) {
    long millis = 1_772_323_200_000L + random.nextInt(3_600_000);
    long high = (millis << 16) | 0x7000 | random.nextInt(1 << 12);
    long low = (random.nextLong() >>> 2) | (1L << 63);
    return new UUID(high, low).toString();
  }
}
