package io.faultline.rules.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.resource.ResourceKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceFileTest {
  private static final String QUEUE =
      """
      # the queue of research
      apiVersion: faultline.io/v1
      kind: Queue
      name: research # and of others
      """;
  private static final String POLICY =
      """
      apiVersion: armadaproject.io/v1beta1
      kind: RetryPolicy
      name: ml
      defaultAction: Fail
      rules:
        - action: Retry
          onPodError: |
            a text
            -- -
      """;

  @Test
  void eachDocumentKeepsTheTextItWasWrittenAs() {
    List<ResourceDocument> documents =
        ResourceFile.read("r.yaml", "---\n" + QUEUE + "--- # next\n" + POLICY + "---\n---\n");
    assertThat(documents)
        .extracting(ResourceDocument::kind)
        .containsExactly(ResourceKind.QUEUE, ResourceKind.RETRY_POLICY);
    assertThat(documents).extracting(ResourceDocument::name).containsExactly("research", "ml");
    assertThat(documents.get(0).body()).isEqualTo(QUEUE);
    assertThat(documents.get(1).body()).isEqualTo("# next\n" + POLICY);
  }

  @Test
  void oneDocumentIsItsOwnFile() {
    assertThat(ResourceFile.read("r.yaml", QUEUE).get(0).body()).isEqualTo(QUEUE);
    String json = "{\"apiVersion\": \"faultline.io/v1\", \"kind\": \"Queue\", \"name\": \"q\"}";
    assertThat(ResourceFile.read("r.json", json).get(0).body()).isEqualTo(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '' | r.yaml: the file is empty
          {name: q} | r.yaml:1:1: the key "kind" is missing; allowed: Queue, Categories, RetryPolicy
          {kind: Queue, name: q} | r.yaml:1:1: the key "apiVersion" is missing
          {apiVersion: faultline.io/v1, kind: Pod, name: q} | r.yaml:1:37: kind: unknown kind "Pod"; allowed: Queue, Categories, RetryPolicy
          {apiVersion: faultline.io/v2, kind: Queue, name: q} | unknown apiVersion "faultline.io/v2"
          {apiVersion: faultline.io/v1, kind: RetryPolicy, name: q} | the key "defaultAction" is missing
          {apiVersion: faultline.io/v1, kind: Categories, name: q} | the key "spec" is missing
          """)
  void aDocumentThatIsNoResourceIsRefusedWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> ResourceFile.read("r.yaml", text)).hasMessageContaining(message);
  }

  @Test
  void theMistakeInASecondDocumentHasItsPlaceInTheFile() {
    assertThatThrownBy(
            () -> ResourceFile.read("r.yaml", QUEUE + "---\n" + QUEUE.replace("Queue", "X")))
        .hasMessageStartingWith("r.yaml:8:7: kind: unknown kind \"X\"");
  }
}
