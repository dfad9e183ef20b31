package io.faultline.rules.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.domain.group.FailurePolicy;
import io.faultline.rules.yaml.YamlFile;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GangTest {

  @Test
  void membersNextToEachOtherThatDifferInClientIdAloneShareATemplate() {
    JobFile file =
        read(
            member("g", 4, "clientId: a"),
            "podSpec: {containers: [{name: alone}]}",
            member("g", 4, "clientId: b"),
            member("h", 2, "priority: 1"),
            member("g", 4, "labels: {role: leader}"),
            member("g", 4, "clientId: c"),
            member("h", 2, "priority: 1"));

    assertThat(file.gangs()).extracting(Gang::id).containsExactly("g", "h");
    assertThat(file.gangs())
        .extracting(Gang::members)
        .containsExactly(List.of(0, 2, 4, 5), List.of(3, 6));
    assertThat(file.gangs().get(0).templates())
        .extracting(Gang.Template::count)
        .containsExactly(2, 1, 1);
    assertThat(file.gangs().get(0).templates().get(0).job()).isEqualTo(file.jobs().get(0));
    assertThat(file.gangs().get(1).templates()).extracting(Gang.Template::count).containsExactly(2);
    assertThat(file.gangs().get(0).failurePolicy()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          namespace: other
          priority: 2
          labels: {a: b}
          clientId: c, annotations: {faultline.io/gangId: g, faultline.io/gangCardinality: "2", more: x}
          podSpecs: [{containers: [{name: other}]}]
          """)
  void whatDiffersHasATemplateOfItsOwn(String second) {
    String whole =
        second.contains("podSpecs")
            ? "annotations: {faultline.io/gangId: g, faultline.io/gangCardinality: \"2\"}, "
                + second
            : second.contains("annotations")
                ? "podSpec: {containers: [{name: main}]}, " + second
                : member("g", 2, second);
    assertThat(read(member("g", 2, "clientId: a"), whole).gangs().get(0).templates()).hasSize(2);
  }

  @Test
  void theFailurePolicyHoldsForEachGangAndIsKeptAsWritten() {
    JobFile file =
        JobFile.read(
            YamlFile.read(
                    "j.yaml",
                    "{queue: q, jobSetId: s, failurePolicy: {maxRestarts: 2, rules: [{action: RestartJob, targetReplicatedJobs: [members]}]}, jobs: ["
                        + jobs(member("g", 2, ""), member("g", 2, ""))
                        + "]}")
                .single());
    String kept = file.gangs().get(0).failurePolicy().orElseThrow();
    assertThat(kept)
        .isEqualTo(
            "{\"maxRestarts\":2,\"rules\":[{\"action\":\"RestartJob\",\"targetReplicatedJobs\":[\"members\"]}]}");
    FailurePolicy policy = Gang.failurePolicy(YamlFile.read("kept", kept).single(), 2);
    assertThat(policy.maxRestarts()).isEqualTo(2);
    assertThat(policy.rules()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3 | 4 | | jobs[0]: gang "g" has 3 jobs here, and gangCardinality is "4"; a gang is whole in one file
          5 | 4 | | jobs[4]: gang "g" has 5 jobs here, and gangCardinality is "4"; a gang is whole in one file
          2 | 1 | | jobs[1]: gang "g" has 2 jobs here, and gangCardinality is "1"
          1 | 1 | failurePolicy: {maxRestarts: 1} | failurePolicy: a failure policy is for gangs, and here is none with two jobs or more
          2 | 2 | failurePolicy: {maxRestart: 1} | failurePolicy: unknown key "maxRestart"
          2 | 2 | failurePolicy: {rules: [{action: RestartJob, targetReplicatedJobs: [workers]}]} | failurePolicy.rules[0].targetReplicatedJobs[0]: unknown replicated job "workers"
          1025 | 1025 | failurePolicy: {rules: [{action: RestartJob}]} | failurePolicy.rules[0].action: RestartJob
          """)
  void aGangThatIsNotWholeOrThatItsPolicyDoesNotFitIsRefusedWithItsPlace(
      int jobs, int cardinality, String more, String message) {
    String[] members =
        IntStream.range(0, jobs).mapToObj(i -> member("g", cardinality, "")).toArray(String[]::new);
    String with = more == null ? "" : more + ", ";
    assertThatThrownBy(
            () ->
                JobFile.read(
                    YamlFile.read(
                            "j.yaml",
                            "{queue: q, jobSetId: s, " + with + "jobs: [" + jobs(members) + "]}")
                        .single()))
        .hasMessageContaining(message);
  }

  @Test
  void membersThatSayDifferentThingsAreRefused() {
    assertThatThrownBy(() -> read(member("g", 2, ""), member("g", 3, "")))
        .hasMessageContaining(
            "jobs[1]: gang \"g\" has gangCardinality \"3\" here and \"2\" before; its jobs must agree");
    String fast =
        member("g", 2, "").replace("gangId: g", "gangId: g, faultline.io/failFast: \"true\"");
    assertThatThrownBy(() -> read(member("g", 2, ""), fast))
        .hasMessageContaining(
            "jobs[1]: gang \"g\" has failFast \"true\" here and \"false\" before");
    assertThat(read(fast, fast).gangs().get(0).failFast()).isTrue();
  }

  @Test
  void tooManyKindsOfMembersAreRefusedWhereTheyBegin() {
    String[] members =
        IntStream.range(0, 2002)
            .mapToObj(i -> member("g", 2002, "priority: " + i))
            .toArray(String[]::new);
    assertThatThrownBy(() -> read(members))
        .hasMessageContaining("jobs[2000]: gang \"g\" has more than 2000 kinds of jobs up to here");
  }

  private static String member(String gang, int cardinality, String more) {
    return "podSpec: {containers: [{name: main}]}, annotations: {faultline.io/gangId: %s, faultline.io/gangCardinality: \"%d\"}"
            .formatted(gang, cardinality)
        + (more.isEmpty() ? "" : ", " + more);
  }

  private static String jobs(String... jobs) {
    return List.of(jobs).stream().map(job -> "{" + job + "}").collect(Collectors.joining(", "));
  }

  private static JobFile read(String... jobs) {
    return JobFile.read(
        YamlFile.read("j.yaml", "{queue: q, jobSetId: s, jobs: [" + jobs(jobs) + "]}").single());
  }
}
