package io.faultline.executor.kafka;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * How often a request was put back, each time to the next partition, so that every executor sees
 * it. Counted and not timed, as the clocks of executors may be off.
 */
final class Rounds {

  private static final String HEADER = "faultline-put-back";

  private Rounds() {}

  /** 0 for one that is new, or whose count can't be read. */
  static int of(ConsumerRecord<?, ?> request) {
    Header last = request.headers().lastHeader(HEADER);
    try {
      return last == null || last.value() == null
          ? 0
          : Integer.parseInt(new String(last.value(), StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The headers with which it is put back once more. */
  static Headers next(ConsumerRecord<?, ?> request) {
    int next = Math.min(of(request), Integer.MAX_VALUE - 1) + 1;
    Headers headers = new RecordHeaders(request.headers().toArray());
    headers.remove(HEADER);
    return headers.add(HEADER, Integer.toString(next).getBytes(StandardCharsets.US_ASCII));
  }
}
