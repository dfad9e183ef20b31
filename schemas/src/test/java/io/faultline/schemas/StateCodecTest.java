package io.faultline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.classify.CountedRun;
import io.faultline.domain.classify.JobCounts;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.job.ActiveJob;
import io.faultline.domain.job.Budgets;
import io.faultline.domain.job.CurrentRun;
import io.faultline.domain.job.EndedJob;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobState;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.resources.Amount;
import io.faultline.domain.resources.Growth;
import io.faultline.domain.resources.Quantity;
import io.faultline.domain.retry.GrantedGrowth;
import io.faultline.domain.retry.PastFailure;
import io.faultline.domain.retry.RunMutations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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
            new Budgets(2, 3, Map.of("p/r", 3)),
            List.of("node-1", "node-2"),
            List.of(
                new PastFailure(
                    EvidenceKind.POD_FAILED, "gpu", "", 74, "node-1", Instant.EPOCH, "r")),
            new RunMutations(
                List.of("node-1"),
                List.of("node-2"),
                List.of(
                    new GrantedGrowth(
                        new Growth.Factor(Amount.MEMORY, "1.5", Quantity.ofBytes(9)), "p", "r", 1),
                    new GrantedGrowth(
                        new Growth.Fixed(Amount.CPU, Quantity.ofBytes(7), null), "p", "r", 2))),
            new CurrentRun(
                RunIdentity.of("01j", 3),
                "e",
                "c",
                "ns",
                "pod",
                "n",
                true,
                false,
                true,
                false,
                Instant.EPOCH));

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

  @Property(tries = 500)
  void everyValueOfEveryStoreComesBackAsItWas(@ForAll("values") Object value) {
    assertThat(there(value)).isEqualTo(value);
  }

  @Provide
  Arbitrary<Object> values() {
    return Arbitraries.<Class<?>>of(JobState.class, JobCounts.class, CountedRun.class)
        .flatMap(type -> Messages.of(type).map(value -> (Object) value));
  }

  @SuppressWarnings("unchecked") // a value's own type names its codec
  private static <V> V there(V value) {
    Class<V> type = (Class<V>) (value instanceof JobState ? JobState.class : value.getClass());
    StateCodec<V> codec = StateCodec.of(type);
    return codec.deserialize("", codec.serialize("", value));
  }
}
