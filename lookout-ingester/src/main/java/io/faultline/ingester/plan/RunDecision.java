package io.faultline.ingester.plan;

import io.faultline.domain.retry.DecisionRecord;
import java.time.Instant;

/**
 * What was decided about a failed run; the latest, should there ever be more than one.
 *
 * @param reason the one word
 * @param retry whether another run follows
 * @param message for people
 * @param policy that decided; null where none did
 * @param at when
 */
public record RunDecision(String reason, boolean retry, String message, String policy, Instant at) {

  static RunDecision of(DecisionRecord record) {
    return new RunDecision(
        record.decision().reason().word(),
        record.decision().retry(),
        Storable.text(record.decision().message()),
        Storable.text(record.policy()),
        Storable.time(record.at()));
  }

  static RunDecision merge(RunDecision a, RunDecision b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    int later = b.at.compareTo(a.at);
    return later > 0 || (later == 0 && Merge.compare(b.reason, a.reason) > 0) ? b : a;
  }
}
