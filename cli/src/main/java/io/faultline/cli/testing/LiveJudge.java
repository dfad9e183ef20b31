package io.faultline.cli.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.rest.JobSetFeed;
import io.faultline.eventtest.Judge;
import io.faultline.eventtest.ObservedEvent;
import io.faultline.eventtest.ObservedEvents;
import io.faultline.eventtest.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Judges the events of a server's stream as they come. */
public final class LiveJudge {

  private static final Duration LOOK = Duration.ofMillis(200);

  private final List<BiConsumer<JsonNode, ObservedEvent>> listeners = new ArrayList<>();
  private final JobSetFeed feed;
  private final Judge judge;

  /** Of the events of a feed, which stays the caller's to close. */
  public LiveJudge(JobSetFeed feed, Judge judge) {
    this.feed = feed;
    this.judge = judge;
  }

  /** Adds someone who is told each event, as it came and as it was read, before it is judged. */
  public void tell(BiConsumer<JsonNode, ObservedEvent> listener) {
    listeners.add(listener);
  }

  /**
   * Waits for the verdict.
   *
   * @param deadline in {@link System#nanoTime}, when no more events are waited for
   * @throws io.faultline.cli.CliException where the server is away for too long
   */
  public Verdict await(long deadline) {
    while (System.nanoTime() < deadline) {
      Optional<JsonNode> next = feed.next(LOOK);
      if (next.isPresent()) {
        ObservedEvent event = ObservedEvents.ofServer(next.get());
        listeners.forEach(listener -> listener.accept(next.get(), event));
        Optional<Verdict> verdict = judge.take(event);
        if (verdict.isPresent()) {
          return verdict.get();
        }
      }
    }
    return judge.timeout();
  }
}
