package io.faultline.rules.jobset;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.group.JobFailureReason;
import io.faultline.domain.workload.JobSetMember;
import io.faultline.domain.workload.PodFailureAction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/jobsets.md names what is refused, what pods are marked with, and why a Job fails. */
class JobSetDocTest {
  /** Limits of an index are refused, so these never come about. */
  private static final Set<JobFailureReason> OF_AN_INDEX =
      Set.of(JobFailureReason.FAILED_INDEXES, JobFailureReason.MAX_FAILED_INDEXES_EXCEEDED);

  private final String doc = Files.readString(Path.of("../docs/jobsets.md"));

  JobSetDocTest() throws IOException {}

  @Test
  void everyKeyThatIsRefusedIsNamed() {
    assertThat(
            Stream.of(JobSetReader.UNSUPPORTED, JobTemplate.UNSUPPORTED)
                .flatMap(table -> table.keySet().stream()))
        .allSatisfy(key -> assertThat(doc).contains("`" + key + "`"));
  }

  @Test
  void everyLabelOfAPodIsNamed() {
    assertThat(
            Manifests.named("defaults.yaml")
                .members()
                .flatMap(JobSetMember::pods)
                .flatMap(pod -> pod.labels(0, 0).keySet().stream())
                .map(key -> key.substring(key.indexOf('/') + 1)))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(doc).contains("`" + name + "`"));
  }

  @Test
  void everyReasonAndEveryActionIsNamed() {
    assertThat(JobFailureReason.values())
        .filteredOn(reason -> !OF_AN_INDEX.contains(reason))
        .allSatisfy(reason -> assertThat(doc).contains("| `" + reason.word() + "` |"));
    assertThat(PodFailureAction.values())
        .allSatisfy(action -> assertThat(doc).contains("`" + action.word() + "`"));
  }
}
