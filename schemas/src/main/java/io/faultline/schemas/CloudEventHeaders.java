package io.faultline.schemas;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.watched.WatchedFailure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * CloudEvents 1.0 attributes of a public record, in Kafka's binary mode: headers {@code ce_*}
 * beside an Avro value.
 *
 * @param id the same on every redelivery
 * @param source which service says so, for example {@code /faultline/classifier-stream}
 * @param type for example {@code io.faultline.job.failed}
 * @param time when it happened
 * @param subject the job's id
 */
public record CloudEventHeaders(
    String id, String source, String type, Instant time, String subject) {

  /** W3C's header; whoever reports a failure may give it, and it is handed on. */
  public static final String TRACEPARENT = "traceparent";

  /** Of a failure as reported. */
  public static CloudEventHeaders of(JobError error, String service) {
    return new CloudEventHeaders(
        error.errorId(),
        source(service),
        "io.faultline.job-error",
        error.at(),
        error.job().jobId());
  }

  /** Of a classified failure. */
  public static CloudEventHeaders of(ClassifiedError error, String service) {
    return new CloudEventHeaders(
        error.error().errorId(),
        source(service),
        "io.faultline.classified-error",
        error.error().at(),
        error.error().job().jobId());
  }

  /** Of a Job of others that failed. */
  public static CloudEventHeaders of(WatchedFailure failure, String service) {
    return new CloudEventHeaders(
        failure.id(),
        source(service),
        "io.faultline.watched-failure",
        failure.member().failedAt(),
        failure.id());
  }

  /** Of an event of the public stream; the type ends in the kind of event in lowerCamelCase. */
  public static CloudEventHeaders of(JobEvent event, String service) {
    String kind = event.detail().getClass().getSimpleName();
    return new CloudEventHeaders(
        event.eventId(),
        source(service),
        "io.faultline.job." + kind.substring(0, 1).toLowerCase(Locale.ROOT) + kind.substring(1),
        event.at(),
        event.job().jobId());
  }

  private static String source(String service) {
    return "/faultline/" + service;
  }

  /** Puts them into a record's headers, in place of any that are there. */
  public Headers addTo(Headers headers) {
    put(headers, "ce_specversion", "1.0");
    put(headers, "ce_id", id);
    put(headers, "ce_source", source);
    put(headers, "ce_type", type);
    put(headers, "ce_time", time.toString());
    put(headers, "ce_subject", subject);
    put(headers, "content-type", "application/avro");
    return headers;
  }

  /** Hands the trace on from a record to one that follows from it, where there is one. */
  public static void copyTrace(Headers from, Headers to) {
    Header trace = from.lastHeader(TRACEPARENT);
    if (trace != null) {
      to.remove(TRACEPARENT);
      to.add(TRACEPARENT, trace.value());
    }
  }

  private static void put(Headers headers, String name, String value) {
    if (headers.lastHeader(name) != null) {
      headers.remove(name);
    }
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
