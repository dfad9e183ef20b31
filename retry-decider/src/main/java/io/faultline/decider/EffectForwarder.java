package io.faultline.decider;

import io.faultline.decider.timer.Timers;
import io.faultline.decider.timer.Timers.Timer;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.JobEffect;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.Step;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.schemas.CloudEventHeaders;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Forwards each effect to the sink of its topic, or notes when something is due. Runs of a queue
 * that is held back are parked.
 */
final class EffectForwarder {

  private final ProcessorContext<String, Object> context;
  private final Timers timers;
  private final Predicate<String> heldQueues;
  private final JobGroups parked;

  EffectForwarder(
      ProcessorContext<String, Object> context,
      Timers timers,
      Predicate<String> heldQueues,
      JobGroups parked) {
    this.heldQueues = heldQueues;
    this.parked = parked;
    this.context = context;
    this.timers = timers;
  }

  /**
   * Forwards a step's effects, in order.
   *
   * @param timestamp of the input, in milliseconds
   * @param cause the input's headers; a trace is handed on
   */
  void forward(JobIdentity job, Step step, long timestamp, Headers cause) {
    for (JobEffect effect : step.effects()) {
      Headers headers = new RecordHeaders();
      CloudEventHeaders.copyTrace(cause, headers);
      if (effect instanceof JobEffect.Emit emit) {
        JobEvent event = emit.event();
        CloudEventHeaders.of(event, DeciderSettings.SERVICE).addTo(headers);
        send(DeciderTopology.EVENTS, job.recordKey(), event, timestamp, headers);
      } else if (effect instanceof JobEffect.RequestRun request) {
        if (heldQueues.test(job.queue())) {
          parked.add(job.queue(), job.jobId());
        } else {
          send(DeciderTopology.REQUESTS, job.recordKey(), request.request(), timestamp, headers);
        }
      } else if (effect instanceof JobEffect.Schedule schedule) {
        timers.add(Timer.of(schedule.dueAt(), job));
      } else if (effect instanceof JobEffect.Unschedule unschedule) {
        timers.remove(Timer.of(unschedule.dueAt(), job));
      } else if (effect instanceof JobEffect.Tell tell) {
        send(DeciderTopology.EXECUTORS, job.recordKey(), tell.command(), timestamp, headers);
      } else if (effect instanceof JobEffect.Decide decide) {
        send(DeciderTopology.DECISIONS, job.recordKey(), decide.decision(), timestamp, headers);
      } else if (effect instanceof JobEffect.Report report) {
        JobError error = report.error();
        CloudEventHeaders.of(error, DeciderSettings.SERVICE).addTo(headers);
        send(DeciderTopology.ERRORS, job.recordKey(), error, timestamp, headers);
      } else if (effect instanceof JobEffect.DropSpec drop) {
        SpecTombstone tombstone = new SpecTombstone(drop.spec().partition());
        send(DeciderTopology.SPECS, job.jobId(), tombstone, timestamp, headers);
      } else {
        throw new IllegalArgumentException("no such effect: " + effect);
      }
    }
  }

  /** The decisions among a step's effects. */
  List<DecisionRecord> decisions(Step step) {
    return step.effects().stream()
        .filter(JobEffect.Decide.class::isInstance)
        .map(effect -> ((JobEffect.Decide) effect).decision())
        .toList();
  }

  private void send(String sink, String key, Object value, long timestamp, Headers headers) {
    context.forward(new Record<>(key, value, timestamp, headers), sink);
  }
}
