package io.faultline.ingester.plan;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.job.JobEvent;
import io.faultline.rules.json.FailureInfoJson;
import java.time.Instant;

/**
 * How a run failed: as it was classified; until that has come, as the event tells it. Should two
 * counted failures of one run ever come, the earlier one holds.
 *
 * @param id of the counted failure; null where only the event has come
 * @param at when it failed
 * @param kind of evidence
 * @param message for people
 * @param failureInfo JSON
 */
public record RunFailure(String id, Instant at, String kind, String message, String failureInfo) {

  static RunFailure of(ClassifiedError classified) {
    return new RunFailure(
        Storable.clean(classified.error().errorId()),
        Storable.time(classified.error().at()),
        classified.error().evidence().kind().word(),
        Storable.text(classified.classification().message()),
        Storable.json(FailureInfoJson.of(classified.classification().info())));
  }

  static RunFailure of(JobEvent event) {
    if (event.detail() instanceof JobEvent.Failed failed) {
      return new RunFailure(
          null,
          Storable.time(event.at()),
          failed.kind().word(),
          Storable.text(failed.message()),
          Storable.json(FailureInfoJson.of(failed.failureInfo())));
    }
    return null;
  }

  static RunFailure merge(RunFailure a, RunFailure b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return b.beats(a) ? b : a;
  }

  private boolean beats(RunFailure other) {
    if ((id == null) != (other.id == null)) {
      return id != null;
    }
    if (!at.equals(other.at)) {
      return at.isBefore(other.at);
    }
    return id != null && Merge.compare(id, other.id) < 0;
  }
}
