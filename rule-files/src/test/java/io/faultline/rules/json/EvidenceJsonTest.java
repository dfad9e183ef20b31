package io.faultline.rules.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.evidence.PodCondition;
import io.faultline.domain.evidence.PodEvent;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.job.JobIdentity;
import io.faultline.rules.yaml.YamlFile;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EvidenceJsonTest {

  private static Evidence read(String text) {
    return EvidenceReader.read(YamlFile.read("failure.json", text).single());
  }

  @Test
  void theExampleOfTheFileFormatIsRead() {
    RecordedFailure failure =
        RecordedFailure.read(
                YamlFile.read(
                        "failure.yaml",
                        """
                        kind: PodFailed
                        category: gpu
                        subcategory: transient
                        podReason: Evicted
                        podMessage: ""
                        podError: ""
                        node: node-7
                        containers:
                          - {name: main, exitCode: 74, signal: 0, reason: Error, message: "ECC error", image: "app:1", init: false}
                        events:
                          - {type: Warning, reason: BackOff, message: "…"}
                        """)
                    .single())
            .orElseThrow();
    assertThat(failure)
        .isEqualTo(
            new RecordedFailure(
                new Evidence(
                    EvidenceKind.POD_FAILED,
                    null,
                    "Evicted",
                    "",
                    "",
                    "node-7",
                    List.of(
                        new ContainerEvidence(
                            "main",
                            ContainerRole.REGULAR,
                            "app:1",
                            new Termination(74, 0, "Error", "ECC error"),
                            "",
                            null)),
                    List.of(new PodEvent("Warning", "BackOff", "…")),
                    "",
                    null),
                "gpu",
                "transient",
                List.of("gpu"),
                false,
                new JobIdentity("", "", "", null),
                RecordedFailure.Run.FIRST,
                new FailureCounts(1, 1),
                FailureRates.UNKNOWN,
                List.of()));
  }

  @Test
  void aFileThatHoldsNullIsNoEvidence() {
    assertThat(RecordedFailure.read(YamlFile.read("f", "null").single())).isEmpty();
  }

  @Test
  void containersAreOrderedRegularThenInitThenEphemeral() {
    Evidence evidence =
        read(
            "{kind: PodFailed, containers: [{name: e, ephemeral: true}, {name: i, init: true},"
                + " {name: a}, {name: b}]}");
    assertThat(evidence.containers().stream().map(ContainerEvidence::name))
        .containsExactly("a", "b", "i", "e");
  }

  @Test
  void mistakesAreNamedWithTheirPlace() {
    assertThatThrownBy(() -> read("{kind: Podfailed}"))
        .hasMessageStartingWith(
            "failure.json:1:8: kind: unknown kind \"Podfailed\"; allowed: PodFailed, PodIssue,");
    assertThatThrownBy(() -> read("{kind: PodFailed, containers: [{name: a, exitcode: 1}]}"))
        .hasMessageStartingWith("failure.json:1:42: containers[0]: unknown key \"exitcode\"");
    assertThatThrownBy(() -> read("{kind: PodFailed, conditions: [{type: A, status: Yes}]}"))
        .hasMessageStartingWith(
            "failure.json:1:50: conditions[0].status: unknown status \"Yes\";"
                + " allowed: True, False, Unknown");
    assertThatThrownBy(() -> read("{kind: PodFailed, containers: [{name: a, reason: Error}]}"))
        .hasMessageContaining("exitCode is missing");
    assertThatThrownBy(() -> read("{kind: PodFailed, retryAfter: tomorrow}"))
        .hasMessageContaining("not \"tomorrow\"");
    assertThatThrownBy(() -> read("{kind: PodFailed, category: gpu}"))
        .hasMessageContaining("unknown key \"category\"");
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void nothingRecordedIsLostThereAndBack(@ForAll("evidence") Evidence evidence) {
    assertThat(read(EvidenceJson.of(evidence).toString())).isEqualTo(evidence);
  }

  @Provide
  Arbitrary<Evidence> evidence() {
    Arbitrary<String> text =
        Arbitraries.oneOf(
            Arbitraries.of("", "a\0b", "<b>markup</b>", "x: [1", "😀\u2028", "1", "null", "\t\r\n"),
            Arbitraries.strings().all().ofMaxLength(8).map(s -> s.replaceAll("\\p{Cs}", "?")));
    Arbitrary<Termination> termination =
        Combinators.combine(
                Arbitraries.integers(), Arbitraries.integers().between(0, 64), text, text)
            .as(Termination::new);
    Arbitrary<ContainerEvidence> container =
        Combinators.combine(
                text,
                Arbitraries.of(ContainerRole.values()),
                text,
                termination.injectNull(0.3),
                text,
                termination.injectNull(0.6))
            .as(ContainerEvidence::new);
    Arbitrary<List<ContainerEvidence>> containers =
        container
            .list()
            .ofMaxSize(4)
            .map(
                list ->
                    Stream.of(ContainerRole.values())
                        .flatMap(role -> list.stream().filter(c -> c.role() == role))
                        .toList());
    Arbitrary<PodEvent> event = Combinators.combine(text, text, text).as(PodEvent::new);
    Arbitrary<PodCondition> condition =
        Combinators.combine(text, Arbitraries.of("True", "False", "Unknown"), text, text)
            .as(PodCondition::new);
    Arbitrary<Instant> instant =
        Arbitraries.longs().between(0, 4_000_000_000L).map(Instant::ofEpochSecond);
    return Combinators.combine(
            Combinators.combine(
                    Arbitraries.of(EvidenceKind.values()),
                    Arbitraries.of(InternalCause.values()).injectNull(0.5))
                .as(KindAndCause::new),
            text,
            text,
            Combinators.combine(event.list().ofMaxSize(3), condition.list().ofMaxSize(2))
                .as(EventsAndConditions::new),
            containers,
            text,
            text,
            instant.injectNull(0.7))
        .as(
            (kind, reason, message, pod, list, node, error, retryAfter) ->
                new Evidence(
                    kind.kind(),
                    kind.cause(),
                    reason,
                    message,
                    "Failed",
                    node,
                    list,
                    pod.events(),
                    error,
                    retryAfter,
                    pod.conditions()));
  }

  record EventsAndConditions(List<PodEvent> events, List<PodCondition> conditions) {}

  record KindAndCause(EvidenceKind kind, InternalCause cause) {}
}
