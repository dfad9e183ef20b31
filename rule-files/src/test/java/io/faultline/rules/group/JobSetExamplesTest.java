package io.faultline.rules.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.group.FailurePolicy;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JobSet's own examples of failure policies are accepted, and do what its documentation says. */
class JobSetExamplesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // manifest | restarts that count | who fails | why | message | outcome | counts | reason
        "plain       | 0 | leader  | BackoffLimitExceeded |  | restartAll | true  | DefaultFailurePolicy",
        "plain       | 2 | workers | BackoffLimitExceeded |  | restartAll | true  | DefaultFailurePolicy",
        "plain       | 3 | workers | BackoffLimitExceeded |  | failed     | false | ReachedMaxRestarts",
        "none        | 0 | workers | BackoffLimitExceeded |  | failed     | false | FailedJobs",
        "fail        | 0 | leader  | BackoffLimitExceeded |  | failed     | false | FailJobSetFailurePolicyAction",
        "fail        | 0 | workers | BackoffLimitExceeded |  | restartAll | true  | DefaultFailurePolicy",
        "maintenance | 0 | leader  | PodFailurePolicy     |  | restartAll | false | FailurePolicy_failurePolicyRule0",
        "maintenance | 0 | leader  | BackoffLimitExceeded |  | failed     | false | ReachedMaxRestarts",
        "maintenance | 0 | workers | BackoffLimitExceeded |  | failed     | false | ReachedMaxRestarts",
        "alone       | 1 | leader  | BackoffLimitExceeded |  | restartAll | true  | FailurePolicy_r_leader",
        "alone       | 1 | workers | BackoffLimitExceeded |  | restartOne | true  | FailurePolicy_r_worker",
        "alone       | 2 | workers | BackoffLimitExceeded |  | failed     | false | ReachedMaxRestarts",
        "alone-free  | 9 | leader  | BackoffLimitExceeded |  | restartAll | false | FailurePolicy_r_leader",
        "alone-free  | 9 | workers | BackoffLimitExceeded |  | restartOne | false | FailurePolicy_r_worker",
        "messages    | 5 | leader  | PodFailurePolicy | Pod a/b has condition DisruptionTarget matching FailJob rule at index 0"
            + " | restartAll | false | FailurePolicy_failurePolicyRule0",
        "messages    | 0 | leader  | PodFailurePolicy | Container main for pod a/b failed with exit code 42 matching FailJob rule at index 1"
            + " | failed | false | FailJobSetFailurePolicyAction",
        "messages    | 4 | leader  | BackoffLimitExceeded | Job has reached the specified backoff limit"
            + " | restartAll | true | DefaultFailurePolicy",
      })
  void itDoesWhatItsDocumentationSays(
      String manifest,
      int counted,
      String replicatedJob,
      String why,
      String message,
      String outcome,
      boolean counts,
      String reason)
      throws IOException {
    GroupFile group =
        GroupFileReader.read(
            YamlFile.read(
                    "group.yaml",
                    """
                    replicatedJobs: [{name: leader}, {name: workers, replicas: 4}]
                    status: {restarts: %d, restartsCountTowardsMax: %d}
                    failedJobs:
                      - {name: job, replicatedJob: %s, index: 0, reason: %s, message: "%s", finishedAt: "2026-03-01T10:05:00Z"}
                    """
                        .formatted(
                            counted, counted, replicatedJob, why, message == null ? "" : message))
                .single());
    Optional<FailurePolicy> policy =
        FailurePolicyReader.document(manifest(manifest), group.shape());
    ObjectNode answer = GroupAnswer.of(policy, group);
    assertThat(answer.get("outcome").asText()).isEqualTo(outcome);
    assertThat(answer.get("countsTowardMax").asBoolean()).isEqualTo(counts);
    assertThat(answer.get("reason").asText()).isEqualTo(reason);
  }

  private static YamlNode manifest(String name) throws IOException {
    try (InputStream in = JobSetExamplesTest.class.getResourceAsStream("jobsets.yaml")) {
      return YamlFile.read("jobsets.yaml", in.readAllBytes()).documents().stream()
          .filter(each -> each.map().require("metadata").map().require("name").text().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }
}
