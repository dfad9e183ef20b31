package io.faultline.server.http;

import io.faultline.domain.job.JobEvent;
import io.faultline.server.control.SubmissionStore;
import io.faultline.server.kafka.EventTail;
import io.faultline.server.kafka.JobSetEvents;
import io.faultline.server.kafka.Position;
import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.KafkaException;

/**
 * Server-sent events of one job set. A client that doesn't read blocks its own thread alone, until
 * the connection's idle time is over; then it is cut off, and can resume at the last id it has.
 */
final class EventRoutes {

  private static final Duration WAIT = Duration.ofMillis(250);
  private static final long HEARTBEAT_NANOS = Duration.ofSeconds(5).toNanos();

  /** The broker's clock and ours may differ by so much. */
  private static final Duration CLOCKS = Duration.ofMinutes(2);

  private final JobSetEvents events;
  private final SubmissionStore submissions;
  private volatile boolean closing;

  EventRoutes(JobSetEvents events, SubmissionStore submissions) {
    this.events = events;
    this.submissions = submissions;
  }

  List<Route> routes() {
    return List.of(Route.get("/api/v1/queues/{queue}/job-sets/{jobSet}/events", this::stream));
  }

  /** Ends all streams. */
  void close() {
    closing = true;
  }

  private void stream(Context context) throws IOException {
    Query query = Query.of(context, "jobId", "follow", "after");
    String queue = Query.printable("queue", context.pathParam("queue"));
    String jobSet = Query.printable("jobSet", context.pathParam("jobSet"));
    Optional<String> jobId = query.text("jobId");
    boolean follow = query.flag("follow").orElse(true);
    Optional<Position> after =
        Optional.ofNullable(context.header("Last-Event-ID"))
            .or(() -> query.text("after"))
            .map(EventRoutes::position);
    Predicate<JobEvent> wanted =
        event ->
            event.job().jobSet().equals(jobSet)
                && event.job().queue().equals(queue)
                && jobId.map(event.job().jobId()::equals).orElse(true);
    if (!events.enter()) {
      throw Problems.unavailable("this server has as many event streams as it takes").exception();
    }
    try (EventTail tail = open(wanted, after, queue, jobSet)) {
      context.status(200).contentType("text/event-stream; charset=utf-8");
      context.header("X-Accel-Buffering", "no");
      send(context.res().getOutputStream(), tail, follow);
    } finally {
      events.leave();
    }
  }

  private EventTail open(
      Predicate<JobEvent> wanted, Optional<Position> after, String queue, String jobSet) {
    Optional<Instant> first = submissions.firstOfSet(queue, jobSet).map(t -> t.minus(CLOCKS));
    try {
      return after.isPresent() ? events.after(wanted, after.get()) : events.since(wanted, first);
    } catch (KafkaException e) {
      throw Problems.unavailable("Kafka is away").exception();
    }
  }

  private void send(ServletOutputStream out, EventTail tail, boolean follow) {
    long lastSent = System.nanoTime();
    try {
      write(out, ": connected\n\n");
      while (!closing && (follow || !tail.caughtUp())) {
        Optional<EventTail.Told> told = tail.next(WAIT);
        if (told.isPresent()) {
          write(out, block(told.get()));
          lastSent = System.nanoTime();
        } else if (System.nanoTime() - lastSent > HEARTBEAT_NANOS) {
          write(out, ": heartbeat\n\n");
          lastSent = System.nanoTime();
        }
      }
    } catch (IOException | KafkaException e) {
      // the client is gone or Kafka is: either way it comes again with its last id
    }
  }

  /** JSON never holds a line break, so that one data line is enough. */
  private static String block(EventTail.Told told) {
    return "id: %s\nevent: %s\ndata: %s\n\n"
        .formatted(
            told.position(), EventJson.type(told.event()), Json.text(EventJson.of(told.event())));
  }

  private static void write(ServletOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static Position position(String text) {
    return Position.parse(text)
        .orElseThrow(
            () ->
                Query.refused(
                    "the header 'Last-Event-ID': '" + text + "' is not one of this server's"));
  }
}
