package io.faultline.server.events;

import io.faultline.domain.job.JobEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of the topic on its way to listeners. Used by one thread at a time. */
public final class StreamEvent {

  private final int partition;
  private final long offset;
  private final JobEvent event;
  private @Nullable String owner;
  private byte @Nullable [] body;
  private byte @Nullable [] block;
  private String blockId = "";

  /** Its owner is known where the event itself says it. */
  public StreamEvent(int partition, long offset, JobEvent event) {
    this.partition = partition;
    this.offset = offset;
    this.event = event;
    this.owner = event.detail() instanceof JobEvent.Submitted submitted ? submitted.owner() : null;
  }

  int partition() {
    return partition;
  }

  long offset() {
    return offset;
  }

  /** What happened. */
  public JobEvent event() {
    return event;
  }

  /** Who submitted the job; empty where nobody knows, null while that has not been asked. */
  @Nullable String owner() {
    return owner;
  }

  /** Says who submitted the job. */
  void owner(String name) {
    owner = name;
  }

  /** All categories of a failure; none of anything else. */
  List<String> categories() {
    return event.detail() instanceof JobEvent.Failed failed
        ? failed.failureInfo().categories()
        : List.of();
  }

  /** As it is sent with an id; one array for all who get it with the same. */
  byte[] block(String id) {
    if (block == null || !id.equals(blockId)) {
      byte[] head = ("id: " + id).getBytes(StandardCharsets.US_ASCII);
      byte[] tail = body();
      byte[] whole = new byte[head.length + tail.length];
      System.arraycopy(head, 0, whole, 0, head.length);
      System.arraycopy(tail, 0, whole, head.length, tail.length);
      block = whole;
      blockId = id;
    }
    return block;
  }

  /** JSON never holds a line break, so that one data line is enough. */
  private byte[] body() {
    if (body == null) {
      body =
          "\nevent: %s\ndata: %s\n\n"
              .formatted(EventJson.type(event), EventJson.of(event))
              .getBytes(StandardCharsets.UTF_8);
    }
    return body;
  }
}
