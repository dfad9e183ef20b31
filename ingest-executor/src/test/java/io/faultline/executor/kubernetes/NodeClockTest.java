package io.faultline.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeClockTest {

  private static final Instant MADE = Instant.parse("2026-03-01T10:00:00Z");
  private static final Instant STARTED = MADE.plusSeconds(1);
  private static final Instant ENDED = MADE.plus(Duration.ofHours(5));
  private static final Instant SEEN = ENDED.plusSeconds(1);

  /** Of a pod that ran for five hours on a node whose clock is off by this. */
  private static Instant believed(Duration off) {
    PodView pod =
        new PodView(
            new PodBuilder()
                .withNewMetadata()
                .withCreationTimestamp(MADE.toString())
                .endMetadata()
                .withNewStatus()
                .addNewContainerStatus()
                .withState(
                    new ContainerStateBuilder()
                        .withNewTerminated()
                        .withStartedAt(STARTED.plus(off).toString())
                        .withFinishedAt(ENDED.plus(off).toString())
                        .endTerminated()
                        .build())
                .endContainerStatus()
                .endStatus()
                .build());
    return new NodeClock(pod).believe(pod.lastFinished().orElseThrow(), SEEN);
  }

  @Test
  void aNodesOwnTimesAreTaken() {
    assertThat(believed(Duration.ZERO)).isEqualTo(ENDED);
  }

  @Test
  void clocksMayDifferByAMoment() {
    for (Duration off : new Duration[] {Duration.ofMillis(-2500), Duration.ofMillis(2500)}) {
      assertThat(believed(off)).isEqualTo(ENDED.plus(off));
    }
  }

  @Test
  void anEndLaterThanItWasSeenCameWhenItWasSeen() {
    assertThat(believed(Duration.ofHours(1))).isEqualTo(SEEN);
  }

  @Test
  void anEndOfAPodThatBeganBeforeItWasMadeCameWhenItWasSeen() {
    assertThat(believed(Duration.ofHours(-1))).isEqualTo(SEEN);
  }

  @Test
  void aPodOfWhichNothingElseIsKnownIsBelieved() {
    PodView nothing = new PodView(new PodBuilder().withNewMetadata().endMetadata().build());

    assertThat(new NodeClock(nothing).believe(ENDED, SEEN)).isEqualTo(ENDED);
  }
}
