package io.faultline.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class CloudEventHeadersTest {

  private static final Instant AT = Instant.parse("2026-03-01T10:05:00.000001Z");

  @Test
  void anEventSaysWhoItIsAndTheSameEachTime() {
    JobEvent.Detail detail = new JobEvent.RetryScheduled(new RunIdentity("r1", 1), AT);
    JobEvent event =
        new JobEvent(new JobIdentity("j", "q", "s", "g"), null, "", "", "", AT, 7, detail);

    Headers headers = CloudEventHeaders.of(event, "retry-decider").addTo(new RecordHeaders());
    CloudEventHeaders.of(event, "retry-decider").addTo(headers);

    assertThat(texts(headers))
        .isEqualTo(
            Map.of(
                "ce_specversion", "1.0",
                "ce_id", "j/7",
                "ce_source", "/faultline/retry-decider",
                "ce_type", "io.faultline.job.retryScheduled",
                "ce_time", "2026-03-01T10:05:00.000001Z",
                "ce_subject", "j",
                "content-type", "application/avro"));
    assertThat(headers.toArray()).hasSize(7);
  }

  @Test
  void aTraceIsHandedOnOnceAndNotMadeUp() {
    Headers from = new RecordHeaders();
    Headers to = new RecordHeaders();
    CloudEventHeaders.copyTrace(from, to);
    assertThat(to.toArray()).isEmpty();

    from.add("traceparent", "00-a-b-01".getBytes(StandardCharsets.UTF_8));
    CloudEventHeaders.copyTrace(from, to);
    CloudEventHeaders.copyTrace(from, to);
    assertThat(texts(to)).isEqualTo(Map.of("traceparent", "00-a-b-01"));
    assertThat(to.toArray()).hasSize(1);
  }

  private static Map<String, String> texts(Headers headers) {
    Map<String, String> texts = new TreeMap<>();
    headers.forEach(h -> texts.put(h.key(), new String(h.value(), StandardCharsets.UTF_8)));
    return texts;
  }
}
