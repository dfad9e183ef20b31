package io.faultline.decider;

import io.faultline.decider.timer.Timers;
import io.faultline.decider.timer.Timers.Timer;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.GroupStart;
import io.faultline.domain.job.JobEffect;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
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
   * Forwards effects, in order.
   *
   * @param job whose; they all have its record key
   * @param timestamp of the input, in milliseconds
   * @param cause the input's headers; a trace is handed on
   */
  void forward(JobIdentity job, List<JobEffect> all, long timestamp, Headers cause) {
    for (JobEffect effect : all) {
      Headers headers = new RecordHeaders();
      CloudEventHeaders.copyTrace(cause, headers);
      if (effect instanceof JobEffect.Emit emit) {
        JobEvent event = emit.event();
        CloudEventHeaders.of(event, DeciderSettings.SERVICE).addTo(headers);
        send(DeciderTopology.EVENTS, job.recordKey(), event, timestamp, headers);
      } else if (effect instanceof JobEffect.RequestRun request) {
        if (heldQueues.test(job.queue())) {
          GroupStart group = request.request().group();
          parked.add(job.queue(), group == null ? job.jobId() : group.setId());
        } else {
          send(DeciderTopology.REQUESTS, job.recordKey(), request.request(), timestamp, headers);
        }
      } else if (effect instanceof JobEffect.Schedule schedule) {
        timers.add(Timer.of(schedule.dueAt(), schedule.job()));
      } else if (effect instanceof JobEffect.Unschedule unschedule) {
        timers.remove(Timer.of(unschedule.dueAt(), unschedule.job()));
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
        send(DeciderTopology.SPECS, drop.job().jobId(), tombstone, timestamp, headers);
      } else {
        throw new IllegalArgumentException("no such effect: " + effect);
      }
    }
  }

  private void send(String sink, String key, Object value, long timestamp, Headers headers) {
    context.forward(new Record<>(key, value, timestamp, headers), sink);
  }
}
