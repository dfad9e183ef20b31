package io.faultline.server.http;

import io.faultline.app.Worker;
import io.faultline.server.access.Permission;
import io.faultline.server.control.SubmissionStore;
import io.faultline.server.events.Begin;
import io.faultline.server.events.EventFilter;
import io.faultline.server.events.EventJson;
import io.faultline.server.events.Position;
import io.faultline.server.events.Subscription;
import io.faultline.server.kafka.EventStreams;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Server-sent events: of the whole stream, and of one job set from its first event on. */
final class EventRoutes {

  private static final Access EVENTS = Access.needs(Permission.READ, Permission.WATCH_ALL_EVENTS);

  private static final int WRITERS = 2;

  /** The broker's clock and ours may differ by so much. */
  private static final Duration CLOCKS = Duration.ofMinutes(2);

  private static final String[] OF_ONE_SET = {
    "jobId", "category", "owner", "type", "terminal", "since", "after", "follow"
  };
  private static final String[] OF_ALL = {
    "queue", "jobSet", "jobId", "category", "owner", "type", "terminal", "since", "after", "follow"
  };

  private final EventStreams streams;
  private final SubmissionStore submissions;
  private final ExecutorService writers =
      new ThreadPoolExecutor(
          WRITERS,
          WRITERS,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          Worker.threads("event-writer"),
          new ThreadPoolExecutor.DiscardPolicy());

  EventRoutes(EventStreams streams, SubmissionStore submissions) {
    this.streams = streams;
    this.submissions = submissions;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/events", EVENTS, this::all),
        Route.get("/api/v1/queues/{queue}/job-sets/{jobSet}/events", EVENTS, this::ofOneSet));
  }

  void close() {
    writers.shutdown();
  }

  private void all(Context context) {
    Query query = Query.of(context, OF_ALL);
    stream(
        context,
        query,
        filter(query, query.set("queue"), query.set("jobSet")),
        () -> new Begin.Now());
  }

  private void ofOneSet(Context context) {
    Query query = Query.of(context, OF_ONE_SET);
    String queue = Query.printable("queue", context.pathParam("queue"));
    String jobSet = Query.printable("jobSet", context.pathParam("jobSet"));
    stream(
        context,
        query,
        filter(query, Set.of(queue), Set.of(jobSet)),
        () ->
            submissions
                .firstOfSet(queue, jobSet)
                .<Begin>map(first -> new Begin.Since(first.minus(CLOCKS)))
                .orElseGet(Begin.Now::new));
  }

  private static EventFilter filter(Query query, Set<String> queues, Set<String> jobSets) {
    return new EventFilter(
        queues,
        jobSets,
        query.set("jobId"),
        query.set("category"),
        query.set("owner"),
        query.words("type", EventJson.TYPES),
        query.flag("terminal").orElse(false));
  }

  private void stream(
      Context context, Query query, EventFilter filter, Supplier<Begin> unlessAsked) {
    Begin begin =
        Optional.ofNullable(context.header("Last-Event-ID"))
            .filter(id -> !id.isBlank())
            .or(() -> query.text("after"))
            .<Begin>map(id -> new Begin.After(position(id)))
            .or(() -> query.time("since").map(Begin.Since::new))
            .orElseGet(unlessAsked);
    boolean follow = query.flag("follow").orElse(true);
    if (!streams.ready()) {
      throw Problems.unavailable("Kafka is away").exception();
    }
    context.status(200).contentType("text/event-stream; charset=utf-8");
    context.header("X-Accel-Buffering", "no");
    context.future(() -> send(context, wake -> open(filter, begin, follow, wake)));
  }

  private Subscription open(EventFilter filter, Begin begin, boolean follow, Runnable wake) {
    return streams
        .open(filter, begin, follow, wake)
        .orElseThrow(
            () ->
                Problems.unavailable("this server has as many event streams as it takes")
                    .exception());
  }

  private CompletableFuture<Void> send(Context context, EventConnection.Opening opening) {
    try {
      return EventConnection.send(context, writers, opening, streams::close);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Position position(String text) {
    return Position.parse(text)
        .orElseThrow(
            () ->
                Query.refused(
                    "the header 'Last-Event-ID': '" + text + "' is not one of this server's"));
  }
}
