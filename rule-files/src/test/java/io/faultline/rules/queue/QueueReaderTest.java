package io.faultline.rules.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.resource.QueueDefinition;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueReaderTest {

  @Test
  void aQueueNamesItsPolicyAndCategories() {
    assertThat(
            read(
                "{apiVersion: faultline.io/v1, kind: Queue, name: research, priorityFactor: 2.5, retryPolicy: ml, categories: gpu}"))
        .isEqualTo(new QueueDefinition("research", 2.5, List.of("ml"), "", "gpu"));
    assertThat(read("{name: r, retryPolicies: [ml]}"))
        .isEqualTo(new QueueDefinition("r", 1, List.of("ml"), "", "default"));
    assertThat(read("{name: r, retryPolicies: [ml, gpu], shadowPolicy: new}"))
        .isEqualTo(new QueueDefinition("r", 1, List.of("ml", "gpu"), "new", "default"));
    assertThat(read("{name: r}")).isEqualTo(new QueueDefinition("r", 1, List.of(), "", "default"));
  }

  @Test
  void whatAnotherSystemsQueueHasBesidesIsReadPastAndWarnedOf() {
    String text =
        """
        apiVersion: armadaproject.io/v1
        kind: Queue
        name: test
        permissions:
        - subjects: [{name: group1, kind: Group}]
          verbs: [submit]
        priorityFactor: 1.0
        resourceLimits: {cpu: 0.2}
        """;
    assertThat(read(text)).isEqualTo(new QueueDefinition("test", 1, List.of(), "", "default"));
    assertThat(QueueReader.lint(node(text)))
        .hasToString(
            "[q.yaml:5:1: permissions: has no effect here, q.yaml:8:17: resourceLimits: has no effect here]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {name: "a b"} | q.yaml:1:8: name: a queue's name is letters, digits, and -, _ or . inside, at most 63 characters, not "a b"
          {name: q, priorityFactor: 0} | q.yaml:1:27: priorityFactor: a number greater than 0 is expected, not 0
          {name: q, retryPolicies: [a, a]} | q.yaml:1:30: retryPolicies[1]: the policy "a" is repeated
          {name: q, retryPolicies: [a, b, c, d, e, f, g, h, i, j, k]} | q.yaml:1:57: retryPolicies[10]: at most 10 policies are allowed
          {name: q, shadowPolicy: A} | q.yaml:1:25: shadowPolicy: a name is a DNS label: lower-case letters, digits and -, at most 63, not "A"
          {name: q, retryPolicy: a, retryPolicies: [b]} | q.yaml:1:42: retryPolicies: only one is allowed of: retryPolicy, retryPolicies
          {name: q, retryPolicies: a} | q.yaml:1:26: retryPolicies: a list is expected, not "a"
          {name: q, retryPolicy: A} | q.yaml:1:24: retryPolicy: a name is a DNS label: lower-case letters, digits and -, at most 63, not "A"
          """)
  void aWrongQueueIsRefusedWithItsPlace(String text, String message) {
    assertThatThrownBy(() -> read(text)).hasMessage(message);
  }

  private static QueueDefinition read(String text) {
    return QueueReader.read(node(text));
  }

  private static YamlNode node(String text) {
    return YamlFile.read("q.yaml", text).single();
  }
}
