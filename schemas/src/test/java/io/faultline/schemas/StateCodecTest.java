package io.faultline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.Budgets;
import io.faultline.domain.job.CurrentRun;
import io.faultline.domain.job.EndedJob;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobState;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.retry.Mutations;
import io.faultline.domain.retry.RunMutations;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateCodecTest {

  private final StateCodec<JobState> codec = StateCodec.of(JobState.class);

  @Test
  void anActiveJobComesBackAsItWas() {
    ActiveJob active =
        new ActiveJob(
            new JobIdentity("01j", "research", "nightly", "gang-1"),
            new SpecRef(3, 42, "ab"),
            true,
            17,
            new Budgets(2, 3),
            List.of("node-1", "node-2"),
            new RunMutations(
                List.of("node-1"), List.of(new Mutations.Factor("1.5"), new Mutations.Fixed(7))),
            new CurrentRun(
                RunIdentity.of("01j", 3), "e", "c", "ns", "pod", "n", true, false, true, false));

    assertThat(there(active)).isEqualTo(active);
  }

  @Test
  void everyOutcomeComesBackAsItWasAndIsSmall() {
    for (EndedJob.Outcome outcome : EndedJob.Outcome.values()) {
      EndedJob ended = new EndedJob(outcome, 9, Instant.parse("2026-03-01T10:00:00.000001Z"));

      assertThat(there(ended)).isEqualTo(ended);
      assertThat(codec.serialize("", ended)).hasSizeLessThan(32);
    }
  }

  @Test
  void absenceIsKept() {
    assertThat(codec.serialize("", null)).isNull();
    assertThat(codec.deserialize("", null)).isNull();
  }

  @Test
  void whatWasNotWrittenHereIsRefused() {
    assertThatThrownBy(() -> codec.deserialize("", new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalStateException.class);
  }

  private JobState there(JobState state) {
    return codec.deserialize("", codec.serialize("", state));
  }
}
