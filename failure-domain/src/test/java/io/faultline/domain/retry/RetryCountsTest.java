package io.faultline.domain.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.evidence.EvidenceKind;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryCountsTest {

  @Test
  void allKindsCountButPreemptionsAndReturnedLeases() {
    assertThat(Arrays.stream(EvidenceKind.values()).filter(k -> !RetryCounts.counts(k)))
        .containsExactly(EvidenceKind.LEASE_RETURNED, EvidenceKind.PREEMPTED);
  }

  @Test
  void retriesUsedAreTheFailuresThatCountLessOne() {
    assertThat(new RetryCounts(4, 9, 12, Map.of()).retriesUsed()).isEqualTo(3);
    assertThat(new RetryCounts(0, 0, 1, Map.of()).retriesUsed()).isZero();
  }
}
