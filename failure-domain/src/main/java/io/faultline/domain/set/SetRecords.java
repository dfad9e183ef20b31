package io.faultline.domain.set;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.job.JobState;
import org.jspecify.annotations.Nullable;

/**
 * Where what is remembered of sets stands; whoever keeps it keeps all that one input changes, with
 * its effects, or nothing of it.
 */
public interface SetRecords {

  /** A set; null where there never was one of this id. */
  @Nullable SetState set(String setId);

  /** Keeps a set. */
  void put(String setId, SetState set);

  /** What an active set is made of. */
  SetLayout layout(String setId);

  /** Keeps what a set is. */
  void define(String setId, SetDefinition definition);

  /** Forgets what a set is, as it has ended. */
  void forget(String setId);

  /** A member; {@link SetMember#FRESH} where nothing is known of it. */
  SetMember member(String setId, int ordinal);

  /** Keeps a member; {@link SetMember#FRESH} is not kept. */
  void put(String setId, int ordinal, SetMember member);

  /** A job; null where there never was one of this id. */
  @Nullable JobState job(String jobId);

  /** Keeps a job. */
  void put(String jobId, JobState job);

  /** The failure of a job's current run; null where it did not fail. */
  @Nullable ClassifiedError failure(String jobId);

  /** Keeps it; null forgets it. */
  void put(String jobId, @Nullable ClassifiedError failure);
}
