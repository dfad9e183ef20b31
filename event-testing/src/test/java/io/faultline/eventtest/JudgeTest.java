package io.faultline.eventtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.rules.table.Difference;
import io.faultline.rules.yaml.YamlFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a stream, row by row: expected events, the stream, the verdict. */
class JudgeTest {

  /** A stream is written as job:event, with details behind a slash: b:failed/oom,retryable. */
  @ParameterizedTest(name = "{0} | {1} | {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        // all in this order; others may come between
        "submitted, succeeded | a:submitted a:leased a:running a:succeeded | pass 3",
        "submitted, succeeded | a:submitted | timeout",
        "succeeded, submitted | a:submitted a:succeeded | fail 1 the job is over (succeeded) and awaits",
        // the verdict falls at the last event that is needed
        "submitted | a:submitted a:failed | pass 0",
        // of every job; others' events are ignored; a finished job completes nobody else's
        "submitted, succeeded | x:failed a:submitted a:succeeded | pass 2",
        "submitted | a:submitted a:submitted | pass 0",
        // a terminal event while others are awaited
        "submitted, running, succeeded | a:submitted a:failed | fail 1 awaits running",
        "submitted, running | a:submitted a:cancelled | fail 1 the job is over (cancelled) and awaits",
        "submitted, failed | a:submitted a:succeeded | fail 1 the job is over (succeeded) and awaits",
        // a retryable failure
        "submitted, succeeded | a:submitted a:failed/retryable a:succeeded | pass 2",
        "submitted, failed | a:submitted a:failed/retryable a:failed | fail 1 retryable",
        "failed: {retryable: true}, succeeded | a:failed/retryable a:succeeded | pass 1",
        "failed: {retryable: true} | a:failed | fail 0 retryable: expected true, got false",
        // preempted does not end the waiting
        "submitted, succeeded | a:submitted a:preempted a:succeeded | pass 2",
        // details
        "failed: {categories: [oom]} | a:failed/oom | pass 0",
        "failed: {categories: [oom]} | a:failed/oom,gpu | fail 0 categories",
        "\"failed: {categories: [oom, gpu]}\" | a:failed/gpu,oom | pass 0",
        "failed: {failureCategory: oom} | a:failed/oom,gpu | pass 0",
        "failed: {failureCategory: gpu} | a:failed/oom | fail 0 failureCategory: expected gpu, got oom",
        "failed: {failureCategory: \"\"} | a:failed/oom | pass 0",
        "failed: {failureSubcategory: x} | a:failed/oom | fail 0 expected x, got nothing",
        "failed: {reason: 'exit.*74'} | a:failed/reason=exited-with-exit-code-74 | pass 0",
        "failed: {reason: 'exit.*75'} | a:failed/reason=exited-with-exit-code-74 | fail 0 reason",
        "failed: {reason: 'code 74'} | a:failed/message=code-74 | fail 0 reason: expected a match of code 74, got code-74",
        "failed: {reason: 'code.74'} | a:failed/message=code-74 | pass 0",
        // the decision, as far as it is asked for
        "\"failed: {decision: {policy: ml, rule: again}, retryable: true}\" | a:failed/retryable,policy=ml,rule=again | pass 0",
        "\"failed: {decision: {policy: ml, rule: 2}}\" | a:failed/policy=ml,rule=again | pass 0",
        "\"failed: {decision: {rule: null}}\" | a:failed/policy=ml | pass 0",
        "\"failed: {decision: {rule: other}}\" | a:failed/rule=again | fail 0 decision.rule: expected other, got {",
        "failed: {decision: {policy: ml}} | a:failed | fail 0 decision.policy: expected ml, got nothing",
        "\"failed: {decision: {mutations: {memory: {factor: 1.50}}}}\" | a:failed/rule=again | pass 0",
        "\"failed: {decision: {mutations: {memory: {factor: 2}}}}\" | a:failed/rule=again | fail 0 decision.mutations",
        "\"failed: {decision: {mutations: {}}}\" | a:failed/rule=again | fail 0 decision.mutations",
        // names in both forms; what is never emitted never matches
        "lease_returned | a:leaseReturned | pass 0",
        "leaseReturned | a:lease_returned | pass 0",
        "utilisation | a:running a:succeeded | fail 1 awaits utilisation",
        // forbidden, counted, strict, in time
        "\"submitted, succeeded; forbidden: preempted\" | a:submitted a:preempted a:succeeded | fail 1 preempted is forbidden",
        "\"submitted; forbidden: preempted\" | a:submitted a:preempted | pass 0",
        "\"submitted, succeeded; forbidden: failed\" | a:submitted a:failed/retryable a:succeeded | pass 2",
        "\"failed: {retryable: true, count: 2}, succeeded\" | a:failed/retryable a:failed/retryable a:succeeded | pass 2",
        "\"failed: {retryable: true, count: 2}, succeeded\" | a:failed/retryable a:succeeded | fail 1 awaits failed (2 times)",
        "\"failed: {retryable: true, count: 1}, succeeded\" | a:failed/retryable a:failed/retryable a:succeeded | fail 1 one more failed than the 1",
        "\"submitted, running; strict\" | a:submitted a:leased a:running | fail 1 leased came where only running may come",
        "\"submitted, leased, running; strict\" | a:submitted a:leased a:running | pass 2",
        "\"submitted, running: {within: 2s}\" | a:submitted a:leased a:running | pass 2",
        "\"submitted, running: {within: 1s}\" | a:submitted a:leased a:running | fail 2 within: expected 1s, got 2s",
      })
  void verdict(String expected, String stream, String verdict) throws IOException {
    assertThat(said(judge("a", expected, stream)))
        .startsWith(first(verdict))
        .contains(rest(verdict));
  }

  /** Members a and b; the test's other half is the same throughout. */
  @ParameterizedTest(name = "{0} | {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "size: 2 | a:succeeded/gang=g b:succeeded/gang=g | pass 1",
        "size: 2 | a:succeeded/gang=g b:succeeded/gang=h | fail 1 gang g has 1 jobs, not the 2",
        "size: 1 | a:submitted/gang=g b:submitted/gang=g | fail 1 gang g has 2 jobs, not the 1",
        "size: 1 | a:succeeded b:succeeded | fail 1 job a is in no gang",
        "together: true | a:leased/gang=g,run=0 b:leased/gang=g,run=0 a:failed/gang=g,retryable a:leased/gang=g,run=1 | fail 3 run 1 is leased while job b of the same gang still has run 0",
        "together: true | a:leased/gang=g,run=0 b:leased/gang=g,run=0 a:failed/gang=g,retryable b:preempted/gang=g a:leased/gang=g,run=1 b:leased/gang=g,run=1 a:succeeded/gang=g b:succeeded/gang=g | pass 7",
        "together: false | a:leased/gang=g,run=0 b:leased/gang=g,run=0 a:failed/gang=g,retryable a:leased/gang=g,run=1 a:succeeded/gang=g b:succeeded/gang=g | pass 5",
      })
  void gangs(String gangs, String stream, String verdict) throws IOException {
    assertThat(said(judge("a,b", "succeeded; gangs: {" + gangs + "}", stream)))
        .startsWith(first(verdict))
        .contains(rest(verdict));
  }

  /** Only their submission is awaited; how they end is compared nonetheless. */
  @ParameterizedTest(name = "{0} | {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a:submitted/gang=g b:submitted/gang=g a:succeeded/gang=g b:succeeded/gang=g | pass 3",
        "a:submitted/gang=g b:submitted/gang=g a:cancelled/gang=g b:failed/gang=g | fail 3 failed for good, and job a of the same gang cancelled",
        "a:submitted/gang=g b:submitted/gang=h a:preempted/gang=g b:failed/gang=h | pass 3",
        "a:submitted/gang=g b:submitted/gang=g a:succeeded/gang=g | timeout not all gangs have ended",
      })
  void membersOfOneGangEndAlike(String stream, String verdict) throws IOException {
    assertThat(said(judge("a,b", "submitted; gangs: {sameEnd: true}", stream)))
        .startsWith(first(verdict))
        .contains(rest(verdict));
  }

  @ParameterizedTest(name = "{0} | {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a:submitted b:submitted b:succeeded a:succeeded | pass 3",
        "a:submitted a:succeeded a:succeeded b:submitted | timeout",
        "a:submitted a:succeeded b:submitted a:submitted b:failed | fail 4 the job is over (failed for good)",
      })
  void everyJobHasAllItsEvents(String stream, String verdict) throws IOException {
    assertThat(said(judge("a,b", "submitted, succeeded", stream)))
        .startsWith(first(verdict))
        .contains(rest(verdict));
  }

  @Test
  void ladderShowsWhatCameBesideWhatWasExpected() throws IOException {
    Verdict verdict =
        judge(
            "a", "submitted, failed: {categories: [oom]}, queued", "a:submitted a:leased a:failed");
    assertThat(verdict.ladder())
        .extracting(
            r ->
                r.mark() + " " + r.expected() + " " + (r.actual() == null ? "" : r.actual().kind()))
        .containsExactly(
            "MET submitted SUBMITTED",
            "PASSED_OVER null LEASED",
            "WRONG failed FAILED",
            "MISSING queued ");
    assertThat(verdict.differences()).containsExactly(new Difference("categories", "[oom]", "[]"));
  }

  private static Verdict judge(String jobs, String expected, String stream) throws IOException {
    return RecordedStream.judge(
        EventTestReader.read(YamlFile.read("spec.yaml", Specs.yaml(expected))),
        "stream",
        new BufferedReader(new StringReader(Specs.lines(jobs, stream))));
  }

  private static String said(Verdict verdict) {
    String event = verdict.event() < 0 ? "" : " " + verdict.event();
    return verdict.result().name().toLowerCase(Locale.ROOT) + event + " " + verdict.message();
  }

  /** The result and the index, where one is given. */
  private static String first(String verdict) {
    String[] words = verdict.split(" ", 3);
    return words.length == 1 || words[0].equals("timeout")
        ? words[0]
        : words[0] + " " + words[1] + " ";
  }

  private static String rest(String verdict) {
    String[] words = verdict.split(" ", 3);
    return words.length < 3
        ? ""
        : words[0].equals("timeout") ? words[1] + " " + words[2] : words[2];
  }
}
