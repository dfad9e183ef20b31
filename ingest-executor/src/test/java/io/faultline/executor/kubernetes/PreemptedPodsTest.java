package io.faultline.executor.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.faultline.domain.evidence.EvidenceKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whether a pod that had to make room ended by that. */
class PreemptedPodsTest {

  private static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");

  private static Pod ended(int code, int finishedAfter, @Nullable Integer deletionDueAfter) {
    PodBuilder pod =
        new PodBuilder()
            .withNewMetadata()
            .addToAnnotations(PodMarks.END_CAUSE, EndCause.PREEMPTED.name())
            .addToAnnotations(PodMarks.END_MESSAGE, "queue q is drained")
            .endMetadata()
            .withStatus(
                new PodStatusBuilder(ScriptedKubelet.terminated(code, "Error", ""))
                    .editFirstContainerStatus()
                    .editState()
                    .editTerminated()
                    .withFinishedAt(T0.plusSeconds(finishedAfter).toString())
                    .endTerminated()
                    .endState()
                    .endContainerStatus()
                    .build());
    if (deletionDueAfter != null) {
      return pod.editMetadata()
          .withDeletionTimestamp(T0.plusSeconds(deletionDueAfter).toString())
          .withDeletionGracePeriodSeconds(10L)
          .endMetadata()
          .build();
    }
    return pod.build();
  }

  private static PodFate fate(Pod pod) {
    return new FateReader(MockApi.settings().patience()).read(new PodView(pod), T0.plusSeconds(60));
  }

  @Test
  void whatEndedWithinItsGraceIsPreemptedWhateverItsCode() {
    for (int code : new int[] {0, 143}) {
      assertThat(fate(ended(code, 7, 15)))
          .isInstanceOfSatisfying(
              PodFate.Failed.class,
              failed -> {
                assertThat(failed.kind()).isEqualTo(EvidenceKind.PREEMPTED);
                assertThat(failed.message()).isEqualTo("queue q is drained");
              });
    }
  }

  @Test
  void whatHadEndedBeforeItWasAskedToKeepsItsOwnEnd() {
    assertThat(fate(ended(0, 3, 15))).isInstanceOf(PodFate.Succeeded.class);
    assertThat(fate(ended(0, 3, null))).isInstanceOf(PodFate.Succeeded.class);
    assertThat(fate(ended(74, 3, 15)))
        .isInstanceOfSatisfying(PodFate.Failed.class, failed -> assertThat(failed.kind()).isNull());
  }
}
