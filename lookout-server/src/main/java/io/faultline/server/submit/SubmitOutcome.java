package io.faultline.server.submit;

import io.faultline.server.control.Submission;
import org.jspecify.annotations.Nullable;

/**
 * What became of a submit.
 *
 * @param kind which outcome
 * @param submission what is kept; null where nothing is
 */
public record SubmitOutcome(Kind kind, @Nullable Submission submission) {

  /** The outcomes. */
  public enum Kind {
    /** Kept and on Kafka. */
    ACCEPTED,
    /** It was accepted before, under the same key with the same body. */
    REPEATED,
    /** Kept, and on Kafka as soon as that is there. */
    PENDING,
    /** The key was used with another body; nothing was kept. */
    KEY_REUSED,
    /** There is no such queue; nothing was kept. */
    UNKNOWN_QUEUE,
    /** Kafka is away; nothing was kept. */
    KAFKA_AWAY
  }
}
