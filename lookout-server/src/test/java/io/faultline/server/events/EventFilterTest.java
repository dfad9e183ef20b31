package io.faultline.server.events;

import static io.faultline.server.events.Samples.event;
import static io.faultline.server.events.Samples.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.RunIdentity;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {

  private static final Map<String, StreamEvent> EVENTS = new LinkedHashMap<>();

  static {
    add("submitted", "a", "q1", "s1", new JobEvent.Submitted("ann"));
    add("running", "a", "q1", "s1", new JobEvent.Running("pod"));
    add("retryable", "a", "q1", "s1", failed(true, "gpu", "net"));
    add("retry", "a", "q1", "s1", new JobEvent.RetryScheduled(RunIdentity.of("a", 1), Instant.MAX));
    add("succeeded", "a", "q1", "s1", new JobEvent.Succeeded());
    add("final", "b", "q1", "s2", failed(false, "oom"));
    add("plain", "c", "q2", "s1", failed(false));
    add("cancelled", "d", "q2", "s2", new JobEvent.Cancelled("", ""));
    add("preempted", "e", "q3", "s3", new JobEvent.Preempted(""));
  }

  private static void add(
      String name, String job, String queue, String set, JobEvent.Detail detail) {
    StreamEvent event = new StreamEvent(0, EVENTS.size(), event(job, queue, set, 0, detail));
    event.owner(job.equals("a") ? "ann" : job.equals("b") ? "bob" : "");
    EVENTS.put(name, event);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "           |     |     |         |         |                  | false | submitted running retryable retry succeeded final plain cancelled preempted",
        "q1         |     |     |         |         |                  | false | submitted running retryable retry succeeded final",
        "q2 q3      |     |     |         |         |                  | false | plain cancelled preempted",
        "           | s2  |     |         |         |                  | false | final cancelled",
        "q2         | s1  |     |         |         |                  | false | plain",
        "           |     | b e |         |         |                  | false | final preempted",
        "           |     |     | net     |         |                  | false | retryable",
        "           |     |     | gpu net |         |                  | false | retryable",
        "           |     |     | gpu oom |         |                  | false | retryable final",
        "           |     |     | gpu     |         |                  | true  | ",
        "           |     |     |         | ann     |                  | true  | succeeded",
        "           |     |     |         | bob     |                  | false | final",
        "           |     |     |         | ann bob |                  | true  | succeeded final",
        "           |     |     |         | eve     |                  | false | ",
        "           |     |     |         |         |                  | true  | succeeded final plain cancelled preempted",
        "           |     |     |         |         | failed           | false | retryable final plain",
        "           |     |     |         |         | failed           | true  | final plain",
        "           |     |     |         |         | running retryScheduled | false | running retry",
        "q3         |     | b   |         |         |                  | false | ",
      })
  void a_filter_and_the_index_find_the_same_events(
      String queues,
      String sets,
      String jobs,
      String categories,
      String owners,
      String types,
      boolean terminal,
      String expected) {
    EventFilter filter =
        new EventFilter(
            words(queues),
            words(sets),
            words(jobs),
            words(categories),
            words(owners),
            words(types),
            terminal);
    Subscription one = new Subscription(filter, new Begin.Now(), true, () -> {}, behind -> {});
    EventIndex index = new EventIndex();
    index.add(one);
    assertThat(found(event -> filter.matches(event))).isEqualTo(words(expected));
    assertThat(found(event -> index.candidates(event).contains(one) && filter.matches(event)))
        .isEqualTo(words(expected));
    index.remove(one);
    assertThat(index.isEmpty()).isTrue();
    assertThat(index.needsOwner()).isFalse();
  }

  @Test
  void an_event_is_compared_with_those_alone_who_name_what_it_is_about() {
    EventIndex index = new EventIndex();
    for (int i = 0; i < 1_000; i++) {
      index.add(
          new Subscription(
              Samples.ofQueue("q" + i), new Begin.Now(), true, () -> {}, behind -> {}));
    }
    assertThat(index.candidates(EVENTS.get("final"))).hasSize(1);
  }

  private static Set<String> found(Predicate<StreamEvent> wanted) {
    return EVENTS.entrySet().stream()
        .filter(entry -> wanted.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static Set<String> words(String text) {
    return text == null ? Set.of() : Stream.of(text.split(" ")).collect(Collectors.toSet());
  }
}
