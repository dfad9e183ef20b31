package io.faultline.rules.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.resource.CordonDefinition;
import io.faultline.domain.resource.CordonDefinition.Target;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.resource.ResourceCheck;
import io.faultline.rules.resource.ResourceFile;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CordonReaderTest {

  private static YamlNode node(String text) {
    return YamlFile.read("c.yaml", text).single();
  }

  private static CordonDefinition read(String text) {
    return CordonReader.read(node(text));
  }

  @Test
  void aCordonHoldsAQueueOrAnExecutor() {
    assertThat(
            read(
                "{apiVersion: faultline.io/v1, kind: Cordon, name: m, queue: research, drain: false, reason: \"node pool upgrade\"}"))
        .isEqualTo(new CordonDefinition("m", Target.QUEUE, "research", false, "node pool upgrade"));
    assertThat(read("{name: m, executor: up-kubernetes, drain: true}"))
        .isEqualTo(new CordonDefinition("m", Target.EXECUTOR, "up-kubernetes", true, ""));
  }

  @Test
  void whatItSaysToPeopleNamesTheTargetAndTheReason() {
    assertThat(read("{name: m, executor: one, drain: true, reason: upgrade}").text())
        .isEqualTo("executor one is drained: upgrade");
    assertThat(read("{name: m, queue: q}").text()).isEqualTo("queue q is cordoned");
  }

  @Test
  void aResourceFileMayHoldCordons() {
    String text = "{apiVersion: faultline.io/v1, kind: Cordon, name: m, queue: q}";
    assertThat(ResourceFile.read("c.yaml", text))
        .singleElement()
        .satisfies(d -> assertThat(d.kind()).isEqualTo(ResourceKind.CORDON));
    assertThat(ResourceCheck.lint(ResourceKind.CORDON, node(text))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {name: m} | exactly one is expected of: queue, executor
          {name: m, queue: q, executor: e} | exactly one is expected of: queue, executor
          {queue: q} | name
          {name: M, queue: q} | DNS label
          {name: m, queue: "a b"} | a queue's name is
          {name: m, executor: ""} | a text of 1 to 253 characters
          {name: m, executor: "a\\nb"} | control characters
          {name: m, queue: q, drain: "yes"} | drain
          {name: m, queue: q, drained: true} | drained
          {kind: Queue, name: m, queue: q} | kind
          """)
  void aWrongCordonIsRefused(String text, String message) {
    assertThatThrownBy(() -> read(text)).hasMessageContaining(message);
  }
}
