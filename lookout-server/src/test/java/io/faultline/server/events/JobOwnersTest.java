package io.faultline.server.events;

import static io.faultline.server.events.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.job.JobEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobOwnersTest {

  private final List<Set<String>> asked = new ArrayList<>();
  private final JobOwners owners =
      new JobOwners(
          jobs -> {
            asked.add(jobs);
            return jobs.contains("a") ? Map.of("a", "ann") : Map.of();
          });

  private static StreamEvent of(String job, JobEvent.Detail detail) {
    return new StreamEvent(0, 0, event(job, "q", "s", 0, detail));
  }

  private static List<StreamEvent> running(String... jobs) {
    return List.of(jobs).stream().map(job -> of(job, new JobEvent.Running("pod"))).toList();
  }

  @Test
  void a_job_whose_first_event_was_seen_is_not_asked_for() {
    StreamEvent first = of("b", new JobEvent.Submitted("bob"));
    assertThat(first.owner()).isEqualTo("bob");
    assertThat(owners.name(List.of(first))).isEmpty();
    List<StreamEvent> later = running("b");
    assertThat(owners.name(later)).isEmpty();
    assertThat(later.get(0).owner()).isEqualTo("bob");
  }

  @Test
  void others_are_asked_for_once_and_nobody_owns_what_is_not_there() {
    List<StreamEvent> events = running("a", "x", "a");
    Set<String> missing = owners.name(events);
    assertThat(missing).containsExactlyInAnyOrder("a", "x");
    JobOwners.name(events, owners.ask(missing));
    assertThat(events).extracting(StreamEvent::owner).containsExactly("ann", "", "ann");
    assertThat(owners.name(running("a", "x"))).containsExactly("x");
    assertThat(asked).containsExactly(Set.of("a", "x"));
  }

  @Test
  void who_was_away_just_now_is_not_asked_again() {
    JobOwners away =
        new JobOwners(
            jobs -> {
              asked.add(jobs);
              throw new IllegalStateException("away");
            });
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> away.ask(Set.of("a")))
          .isInstanceOf(JobOwners.UnknownOwnersException.class);
    }
    assertThat(asked).hasSize(1);
  }
}
