package io.faultline.domain.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.EvidenceKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailedTextTest {
  private static final Failures OOM =
      Failures.exit(1).container(ContainerRole.REGULAR, 137, "OOMKilled", "");

  @Test
  void aRefusedRetrySaysSoAndDoesNotHideTheRootCause() {
    Decision refused =
        decision(false, DecisionReason.FAIL_POLICY_LIMIT, "policy retry limit exceeded (3/3)");
    assertThat(FailedText.message(refused, "CUDA error"))
        .isEqualTo("Retry policy: policy retry limit exceeded (3/3)\nCUDA error");
    assertThat(FailedText.message(refused, ""))
        .isEqualTo("Retry policy: policy retry limit exceeded (3/3)");
    assertThat(FailedText.reason(refused, OOM.evidence())).isEqualTo("MaxRunsExceeded");
  }

  @Test
  void aRetryKeepsTheRunsOwnReasonAndText() {
    Decision retry = decision(true, DecisionReason.RETRY, "matched rule: Retry");
    assertThat(FailedText.message(retry, "CUDA error")).isEqualTo("CUDA error");
    assertThat(FailedText.reason(retry, OOM.evidence())).isEqualTo("OOMKilled");
  }

  @Test
  void theReasonOfARunIsThePodsElseAContainersElseTheKind() {
    assertThat(FailedText.reasonOfRun(OOM.podReason("Evicted").evidence())).isEqualTo("Evicted");
    assertThat(FailedText.reasonOfRun(Failures.exit(3).evidence())).isEqualTo("Error");
    assertThat(FailedText.reasonOfRun(Failures.kind(EvidenceKind.LEASE_EXPIRED).evidence()))
        .isEqualTo("LeaseExpired");
  }

  @Test
  void tooManyAttemptsWithoutAPolicyDoNotSpeakOfOne() {
    Decision refused = decision(false, DecisionReason.MAX_RUNS, "maximum number of runs (5/5)");
    assertThat(FailedText.message(refused, "no room"))
        .isEqualTo("maximum number of runs (5/5)\nno room");
    assertThat(FailedText.reason(refused, OOM.evidence())).isEqualTo("MaxRunsExceeded");
  }

  private static Decision decision(boolean retry, DecisionReason reason, String message) {
    return new Decision(
        retry, reason, message, "p", null, "", 0, 3, 20, true, null, Mutations.NONE, List.of());
  }
}
