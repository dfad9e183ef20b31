package io.faultline.decider.lease;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * How an instance of the decider proves to its own tasks that they read what is written now: a
 * record without a value on the topic of heartbeats, with the instance as key and the time of
 * sending, by the instance's own clock, as a header.
 */
public final class Pulse {

  private static final String SENT_AT = "sent-at";
  private static final String KEY = "retry-decider/";

  private Pulse() {}

  /** The record key of an instance's pulses. */
  public static String key(String instanceId) {
    return KEY + instanceId;
  }

  /** Notes when a pulse is sent, in milliseconds. */
  public static void sentAt(Headers headers, long millis) {
    headers.add(SENT_AT, ByteBuffer.allocate(Long.BYTES).putLong(millis).array());
  }

  /** When a pulse was sent; long ago where it does not say. */
  public static long sentAt(Headers headers) {
    Header header = headers.lastHeader(SENT_AT);
    return header == null || header.value().length != Long.BYTES
        ? 0
        : ByteBuffer.wrap(header.value()).getLong();
  }
}
