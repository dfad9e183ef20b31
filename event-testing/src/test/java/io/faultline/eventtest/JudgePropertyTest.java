package io.faultline.eventtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.eventtest.Verdict.Result;
import io.faultline.rules.yaml.YamlFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The verdict on many jobs is that of each by itself, however their events come together. */
class JudgePropertyTest {

  private static final List<EventKind> KINDS =
      List.of(
          EventKind.SUBMITTED,
          EventKind.LEASED,
          EventKind.RUNNING,
          EventKind.PREEMPTED,
          EventKind.SUCCEEDED,
          EventKind.FAILED);

  @Property
  void isThatOfEachJobByItself(
      @ForAll("expectations") List<EventKind> expected,
      @ForAll("streams") List<List<ObservedEvent>> streams,
      @ForAll long order) {
    EventTest test = test(expected);
    List<String> ids = IntStream.range(0, streams.size()).mapToObj(i -> "job-" + i).toList();
    Judge judge = new Judge(test, ids);
    Optional<Verdict> verdict = Optional.empty();
    for (ObservedEvent event : mixed(streams, new Random(order))) {
      verdict = verdict.or(() -> judge.take(event));
    }
    List<Result> alone = streams.stream().map(stream -> model(expected, stream)).toList();
    Result all =
        alone.contains(Result.FAIL)
            ? Result.FAIL
            : alone.contains(Result.TIMEOUT) ? Result.TIMEOUT : Result.PASS;
    assertThat(verdict.orElseGet(judge::timeout).result()).isEqualTo(all);
  }

  /** Section 6, as short as it can be said, for events without details. */
  private static Result model(List<EventKind> expected, List<ObservedEvent> stream) {
    int next = 0;
    for (ObservedEvent event : stream) {
      if (next == expected.size()) {
        break;
      }
      boolean retryable = event.failure() != null && event.failure().retryable();
      if (event.kind() == expected.get(next)) {
        if (retryable) {
          return Result.FAIL; // it differs from the end that is awaited
        }
        next++;
      }
      if (event.terminal() && next < expected.size()) {
        return Result.FAIL;
      }
    }
    return next == expected.size() ? Result.PASS : Result.TIMEOUT;
  }

  private static EventTest test(List<EventKind> expected) {
    StringBuilder yaml = new StringBuilder("expectedEvents:\n");
    expected.forEach(kind -> yaml.append("  - ").append(kind.word()).append(":\n"));
    return EventTestReader.read(YamlFile.read("spec.yaml", yaml.toString()));
  }

  private static List<ObservedEvent> mixed(List<List<ObservedEvent>> streams, Random random) {
    List<Deque<ObservedEvent>> left = new ArrayList<>();
    for (int job = 0; job < streams.size(); job++) {
      String id = "job-" + job;
      left.add(new ArrayDeque<>(streams.get(job).stream().map(e -> ofJob(id, e)).toList()));
    }
    List<ObservedEvent> mixed = new ArrayList<>();
    left.removeIf(Deque::isEmpty);
    while (!left.isEmpty()) {
      mixed.add(left.get(random.nextInt(left.size())).remove());
      left.removeIf(Deque::isEmpty);
    }
    return mixed;
  }

  private static ObservedEvent ofJob(String id, ObservedEvent event) {
    return new ObservedEvent(id, null, null, event.kind(), null, event.failure());
  }

  @Provide
  Arbitrary<List<EventKind>> expectations() {
    return Arbitraries.of(KINDS).list().ofMinSize(1).ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<List<ObservedEvent>>> streams() {
    Arbitrary<ObservedEvent> event =
        Arbitraries.of(KINDS)
            .flatMap(kind -> Arbitraries.of(true, false).map(retryable -> event(kind, retryable)));
    return event.list().ofMaxSize(8).list().ofMinSize(1).ofMaxSize(4);
  }

  private static ObservedEvent event(EventKind kind, boolean retryable) {
    Failure failure =
        kind == EventKind.FAILED ? new Failure(List.of(), "", "", "", "", retryable, null) : null;
    return new ObservedEvent("any", null, null, kind, null, failure);
  }
}
