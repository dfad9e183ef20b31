package io.faultline.domain.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountsTest {

  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  @Test
  void eachFailureCountsForItsJobAndForItsCategory() {
    JobCounts counts = JobCounts.NONE.plus("gpu", AT).plus("", AT).plus("gpu", AT.plusSeconds(1));

    assertThat(counts.of("gpu")).isEqualTo(new FailureCounts(3, 2));
    assertThat(counts.of("")).isEqualTo(new FailureCounts(3, 1));
    assertThat(counts.of("never")).isEqualTo(new FailureCounts(3, 0));
    assertThat(counts.lastAt()).isEqualTo(AT.plusSeconds(1));
  }

  @Test
  void aRepeatGetsTheClassificationItHadWithItsTextsTakenFromTheReport() {
    FailureInfo info =
        new FailureInfo(74, "ECC", "main", "gpu", "ecc", List.of("gpu", "node"), "Wait");
    Classification first =
        new Classification(
            info, PodAction.DELETE, "it broke\n\nWait", new RuleRef("gpu", 2), false);
    Classification bare =
        new Classification(
            new FailureInfo(74, "ECC", "main", "", "", List.of(), ""),
            PodAction.RETAIN,
            "it broke",
            null,
            false);

    assertThat(CountedRun.of("run/0", "default", 7, first, AT).again(bare)).isEqualTo(first);
  }
}
