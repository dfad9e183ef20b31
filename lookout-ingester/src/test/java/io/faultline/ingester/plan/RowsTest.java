package io.faultline.ingester.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupVerdict;
import io.faultline.domain.job.JobEvent;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.retry.Decision;
import io.faultline.domain.retry.DecisionReason;
import io.faultline.domain.retry.DecisionRecord;
import io.faultline.domain.retry.Mutations;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowsTest {

  private static final JobIdentity JOB = new JobIdentity("job", "queue", "set", null);
  private static final RunIdentity RUN_0 = new RunIdentity("run-0", 0);
  private static final RunIdentity RUN_1 = new RunIdentity("run-1", 1);
  private static final FailureInfo OOM = info(137, "oom");
  private static final FailureInfo USER = info(1, "user-error");

  @Test
  void a_failure_that_is_tried_again_is_not_the_jobs_failure() {
    JobRow job =
        job(event(0, null, new JobEvent.Submitted("a")), event(1, RUN_0, failed(OOM, true)));

    assertThat(job.state().word()).isEqualTo("retrying");
    assertThat(job.state().failureInfo()).isNull();
  }

  @Test
  void an_intermediate_failure_that_comes_late_does_not_overwrite_the_final_one() {
    JobRow job = job(event(9, RUN_1, failed(USER, false)), event(4, RUN_0, failed(OOM, true)));

    assertThat(job.state().word()).isEqualTo("failed");
    assertThat(job.state().failureInfo()).contains("user-error").doesNotContain("oom");
  }

  @Test
  void an_end_is_never_left_whatever_the_sequence_says() {
    JobRow job =
        job(event(3, RUN_0, new JobEvent.Succeeded()), event(7, RUN_1, new JobEvent.Running("p")));

    assertThat(job.state().word()).isEqualTo("succeeded");
    assertThat(job.state().endedAt()).isEqualTo(at(3));
  }

  @Test
  void the_time_of_the_next_try_goes_once_it_has_begun() {
    JobEvent scheduled = event(2, RUN_0, new JobEvent.RetryScheduled(RUN_1, at(60)));
    assertThat(job(scheduled).state().retryAt()).isEqualTo(at(60));

    JobRow leased = job(event(3, RUN_1, new JobEvent.Leased()), scheduled);

    assertThat(leased.state().retryAt()).isNull();
    assertThat(leased.runs()).isEqualTo(2);
  }

  @Test
  void each_run_keeps_its_own_failure() {
    BatchPlan plan =
        plan(
            event(1, RUN_0, failed(OOM, true)),
            event(9, RUN_1, failed(USER, false)),
            error(RUN_0, "e0", OOM, true),
            error(RUN_1, "e1", USER, true));

    assertThat(plan.runs())
        .extracting(run -> run.row().failure().failureInfo())
        .satisfiesExactly(
            first -> assertThat(first).contains("oom"),
            second -> assertThat(second).contains("user-error"));
  }

  @Test
  void pending_time_is_kept_whatever_comes_after_or_before() {
    JobEvent pending = event(2, RUN_0, new JobEvent.Pending("pod"));
    JobEvent running = event(3, RUN_0, new JobEvent.Running("pod"));
    JobEvent ended = event(4, RUN_0, new JobEvent.Succeeded());

    assertThat(run(ended, running, pending).times())
        .isEqualTo(new RunTimes(null, at(2), at(3), at(4)));
    assertThat(run(pending, running, ended)).isEqualTo(run(ended, running, pending));
  }

  @Test
  void a_later_event_without_a_node_erases_no_node() {
    RunRow run =
        run(
            eventOn("node-7", 3, RUN_0, new JobEvent.Running("pod")),
            event(4, RUN_0, new JobEvent.Succeeded()));

    assertThat(run.place().node()).isEqualTo("node-7");
  }

  @Test
  void a_decision_or_a_failure_before_the_runs_first_event_makes_the_row() {
    assertThat(plan(decision(RUN_0)).runs()).hasSize(1);
    assertThat(plan(error(RUN_0, "e", OOM, true)).runs())
        .singleElement()
        .satisfies(run -> assertThat(run.row().place().pod()).isEqualTo("pod"));
  }

  @Test
  void a_job_of_others_gets_runs_but_no_job() {
    BatchPlan plan = plan(decision(RUN_0), error(RUN_0, "e", OOM, true));

    assertThat(plan.jobs()).isEmpty();
    assertThat(plan.runs()).hasSize(1);
  }

  @Test
  void an_uncounted_failure_is_evidence_and_says_nothing_of_its_run() {
    BatchPlan plan = plan(error(RUN_0, "late", USER, false));

    assertThat(plan.failures()).hasSize(1);
    assertThat(plan.runs()).isEmpty();
  }

  @Test
  void the_counted_report_is_the_row_and_its_repeat_is_not() {
    Message counted = error(RUN_0, "e", OOM, true);
    Message repeat = error(RUN_0, "e", OOM, false);

    assertThat(plan(counted, repeat).failures())
        .singleElement()
        .satisfies(f -> assertThat(f.row().counted()).isTrue())
        .satisfies(f -> assertThat(f.messages()).containsExactly(0, 1));
    assertThat(plan(repeat, counted).failures().get(0).row())
        .isEqualTo(plan(counted, repeat).failures().get(0).row());
  }

  @Test
  void a_runs_failure_is_the_classified_one_once_it_is_there() {
    Message event = new Message.Event(event(1, RUN_0, failed(USER, true)));
    Message classified = error(RUN_0, "e", OOM, true);

    assertThat(plan(event).runs().get(0).row().failure().failureInfo()).contains("user-error");
    assertThat(plan(classified, event).runs().get(0).row().failure().failureInfo()).contains("oom");
    assertThat(plan(event, classified).runs().get(0).row().failure().id()).isEqualTo("e");
  }

  @Test
  void a_cancel_between_two_runs_leaves_the_failed_run_failed() {
    JobEvent failed = event(4, RUN_0, failed(OOM, true));
    JobEvent cancelled = event(6, RUN_0, new JobEvent.Cancelled("enough", "bob"));

    assertThat(run(cancelled, failed).outcome().word()).isEqualTo("failed");
    assertThat(job(failed, cancelled).state().word()).isEqualTo("cancelled");
    assertThat(job(failed, cancelled).state().requestedBy()).isEqualTo("bob");
  }

  @Test
  void fields_that_carry_nothing_are_not_in_failure_info() {
    FailureInfo nothing = new FailureInfo(null, "", "", "", "", List.of(), "");

    assertThat(plan(error(RUN_0, "e", nothing, true)).failures().get(0).row().failureInfo())
        .isEqualTo("{}");
    assertThat(plan(error(RUN_0, "e", OOM, true)).failures().get(0).row().failureInfo())
        .isEqualTo("{\"exitCode\":137,\"category\":\"oom\",\"categories\":[\"oom\"]}");
  }

  @Test
  void a_decision_without_changes_for_the_next_run_has_no_mutations() {
    assertThat(plan(decision(RUN_0)).decisions().get(0).row().mutations()).isNull();
  }

  private static JobRow job(JobEvent... events) {
    return plan((Object[]) events).jobs().get(0).row();
  }

  private static RunRow run(JobEvent... events) {
    return plan((Object[]) events).runs().get(0).row();
  }

  private static BatchPlan plan(Object... messages) {
    return BatchPlan.of(
        List.of(messages).stream()
            .map(m -> m instanceof JobEvent event ? new Message.Event(event) : (Message) m)
            .toList());
  }

  @Test
  void what_was_decided_about_a_set_is_kept_without_what_carries_nothing() {
    GroupVerdict verdict =
        new GroupVerdict(
            "set",
            "tr\0ain",
            2,
            GroupOutcome.FAILED,
            null,
            "fail_rule",
            "train-3",
            null,
            "",
            1,
            List.of(),
            0,
            2,
            1,
            0,
            List.of());
    SetDecision set = SetDecision.of(verdict);

    assertThat(set.setName()).isEqualTo("tr\uFFFDain");
    assertThat(set.generation()).isEqualTo(2);
    assertThat(set.json())
        .isEqualTo(
            """
            {"outcome":"failed","reason":"fail_rule","blamed":"train-3","failed":1,"collateral":[],\
            "collateralCount":0,"restarts":2,"counted":1,"countedOfJobs":0}""");
    assertThat(SetDecision.of(null)).isNull();
  }

  @Test
  void what_is_advised_about_a_set_of_others_leaves_the_advice_about_its_pod_alone() {
    GroupVerdict verdict =
        new GroupVerdict(
            "uid",
            "train",
            0,
            GroupOutcome.RESTART_ALL,
            GroupAction.RESTART_JOB_SET,
            "FailurePolicy_gpu",
            "train-leader-0",
            null,
            "",
            1,
            List.of(),
            0,
            1,
            1,
            0,
            List.of("gpu"));
    DecisionRecord decided = ((Message.Decided) decision(RUN_0)).decision();
    DecisionRecord advice =
        new DecisionRecord(
            JOB,
            RUN_0,
            decided.kind(),
            decided.decision(),
            0,
            0,
            null,
            true,
            decided.at().plusSeconds(2),
            verdict);

    assertThat(plan(new Message.Decided(advice)).runs()).isEmpty();
    assertThat(plan(new Message.Decided(advice)).decisions())
        .singleElement()
        .satisfies(row -> assertThat(row.row().set().json()).contains("\"categories\":[\"gpu\"]"));
  }

  private static JobEvent event(long sequence, RunIdentity run, JobEvent.Detail detail) {
    return eventOn("", sequence, run, detail);
  }

  private static JobEvent eventOn(
      String node, long sequence, RunIdentity run, JobEvent.Detail detail) {
    return new JobEvent(JOB, run, "", "", node, at(sequence), sequence, detail);
  }

  private static JobEvent.Failed failed(FailureInfo info, boolean retryable) {
    return new JobEvent.Failed(EvidenceKind.POD_FAILED, info, "Error", "text", retryable, "p");
  }

  private static Message error(RunIdentity run, String id, FailureInfo info, boolean counted) {
    Evidence evidence =
        new Evidence(
            EvidenceKind.POD_FAILED, null, "", "", "", "n", List.of(), List.of(), "", null);
    return new Message.Failure(
        new ClassifiedError(
            new JobError(id, JOB, run, "x", "c", "ns", "pod", at(1), true, evidence),
            new Classification(info, PodAction.RETAIN, "text", null, false),
            "default",
            counted ? 1 : 2,
            counted,
            new FailureCounts(1, 1),
            FailureRates.UNKNOWN));
  }

  private static Message decision(RunIdentity run) {
    Decision decision =
        new Decision(
            false,
            DecisionReason.NO_POLICY,
            "no policy",
            "",
            null,
            "",
            0,
            0,
            20,
            true,
            null,
            Mutations.NONE,
            List.of());
    return new Message.Decided(
        new DecisionRecord(JOB, run, EvidenceKind.POD_FAILED, decision, 0, 0, null, false, at(2)));
  }

  private static FailureInfo info(int exitCode, String category) {
    return new FailureInfo(exitCode, "", "", category, "", List.of(category), "");
  }

  private static Instant at(long second) {
    return Instant.ofEpochSecond(1_772_323_200L + second);
  }
}
