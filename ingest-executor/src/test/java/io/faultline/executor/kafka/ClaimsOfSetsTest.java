package io.faultline.executor.kafka;

import static io.faultline.executor.kafka.ClaimsBench.claimed;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.job.GroupPart;
import io.faultline.domain.job.GroupStart;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunRequest;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.resource.CordonDefinition;
import io.faultline.domain.resource.CordonDefinition.Target;
import io.faultline.domain.retry.RunMutations;
import io.faultline.domain.set.SetIds;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.cordon.Cordons;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of requests for runs that start together: all of them are claimed, or none. */
class ClaimsOfSetsTest {

  private final ClaimsBench bench = new ClaimsBench(new Room(10, 0, 100));

  /** A set of a driver that needs 10 bytes, and workers that need 20 each. */
  private RunRequest set(String executor, int workers) {
    String setId = SetIds.set(UUID.randomUUID());
    SpecRef driver = bench.spec("10");
    SpecRef worker = bench.spec("20");
    return request(
        setId,
        executor,
        List.of(new GroupPart(driver, 0, 0, 1, 0, 0), new GroupPart(worker, 1, 1, workers, 0, 0)));
  }

  private static RunRequest request(String setId, String executor, List<GroupPart> parts) {
    return RunRequest.of(
        new JobIdentity(setId, "queue", "set", setId),
        new GroupStart(setId, 0, executor, "armada", parts),
        RunMutations.NONE,
        Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource({
    // runs and bytes of room, workers of the set, what becomes of it
    "10, 100, 4, claimed",
    "5, 90, 4, claimed",
    "4, 100, 4, put back",
    "10, 89, 4, put back",
    "10, 100, 5, for others", // 110 bytes are more than there are in all
    "10, 100, 10, for others", // so are 11 runs
  })
  void aSetIsClaimedWholeOrNotAtAll(long runs, long bytes, int workers, String what) {
    RunRequest request = set("", workers);
    bench.record(0, 0, request);
    ClaimBatch batch = bench.weigh(new Room(runs, 0, bytes), Set.of());
    boolean claimed = what.equals("claimed");
    assertThat(claimed(batch))
        .containsExactlyElementsOf(claimed ? request.each().toList() : List.of());
    assertThat(bench.written(batch))
        .containsExactlyElementsOf(claimed ? held(request) : List.of("back"));
    assertThat(batch.setsClaimed()).isEqualTo(claimed ? 1 : 0);
    assertThat(batch.putBackCount()).isEqualTo(what.equals("put back") ? 1 : 0);
    assertThat(batch.setsPutBack()).isEqualTo(batch.putBackCount());
    assertThat(batch.forOthersCount()).isEqualTo(what.equals("for others") ? 1 : 0);
    assertThat(batch.tooBig()).hasSize(what.equals("for others") ? 1 : 0);
    assertThat(batch.left()).isEmpty();
    assertThat(batch.offsets()).hasSize(1);
  }

  private static List<String> held(RunRequest request) {
    return request
        .each()
        .map(run -> run.job().jobId())
        .flatMap(job -> Stream.of(job + " LEASED", job + " lease of me"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"me, true", "you, false"})
  void whoeverHoldsTheSetsOtherRunsClaimsTheOneThatStartsAgain(String executor, boolean claimed) {
    bench.record(0, 0, set(executor, 1));
    ClaimBatch batch = bench.weigh(new Room(10, 0, 100), Set.of());
    assertThat(batch.claimed()).hasSize(claimed ? 2 : 0);
    assertThat(batch.forOthersCount()).isEqualTo(claimed ? 0 : 1);
    assertThat(batch.putBackCount()).isZero();
  }

  @Test
  void whoeverAskedIsToldWhereNobodyTakesWhatIsForAnother() {
    RunRequest request = set("you", 1);
    var record = bench.record(0, 0, request);
    for (int round = 0; round < Claims.MOST_ROUNDS; round++) {
      Header next = Rounds.next(record).lastHeader("faultline-put-back");
      record.headers().remove(next.key()).add(next);
    }
    ClaimBatch batch = bench.weigh(new Room(10, 0, 100), Set.of());
    assertThat(bench.written(batch)).containsExactly(request.job().jobId() + " DEFERRED");
    assertThat(batch.offsets()).hasSize(1);
  }

  @Test
  void whatOneSetTakesIsNotThereForTheNext() {
    RunRequest first = set("", 3);
    RunRequest small = bench.single("30");
    bench.record(0, 0, first);
    bench.record(0, 1, set("", 2));
    bench.record(0, 2, small);
    ClaimBatch batch = bench.weigh(new Room(10, 0, 100), Set.of());
    List<RunRequest> expected = new ArrayList<>(first.each().toList());
    expected.add(small);
    assertThat(claimed(batch)).containsExactlyElementsOf(expected);
    assertThat(batch.putBackCount()).isEqualTo(1);
  }

  /** Where pods are made one after another, only so many single runs are claimed ahead. */
  @Test
  void aSetMayHaveMoreRunsThanAreMadeAtOnce() {
    RunRequest request = set("", 4);
    bench.record(0, 0, request);
    bench.record(0, 1, bench.single("0"));
    bench.together = new Room(10, 0, 100);
    ClaimBatch batch = bench.weigh(new Room(2, 0, 100), Set.of());
    assertThat(claimed(batch)).containsExactlyElementsOf(request.each().toList());
    assertThat(batch.left()).hasSize(1);
  }

  @Test
  void ofARepeatOnlyWhatIsNotHeldIsClaimed() {
    RunRequest request = set("", 3);
    List<RunRequest> each = request.each().toList();
    Set<String> held = new HashSet<>();
    each.subList(0, 2).forEach(run -> held.add(run.run().runId()));
    bench.record(0, 0, request);
    bench.record(0, 1, request);
    ClaimBatch batch = bench.weigh(new Room(2, 0, 40), held);
    assertThat(claimed(batch)).containsExactlyElementsOf(each.subList(2, 4));
    assertThat(batch.putBackCount()).isZero();

    each.forEach(run -> held.add(run.run().runId()));
    ClaimBatch again = bench.weigh(new Room(10, 0, 100), held);
    assertThat(again.claimed()).isEmpty();
    assertThat(again.putBackCount()).isZero();
    assertThat(bench.written(again)).isEmpty();
  }

  @Test
  void whereOneTemplateCanNotBeMadeItsFirstJobIsRefusedAndNothingIsClaimed() {
    String setId = SetIds.set(UUID.randomUUID());
    RunRequest request =
        request(
            setId,
            "",
            List.of(
                new GroupPart(bench.spec("10"), 0, 0, 1, 0, 0),
                new GroupPart(bench.spec(ClaimsBench.NEVER), 1, 1, 5, 0, 0)));
    bench.record(0, 0, request);
    ClaimBatch batch = bench.weigh(new Room(10, 0, 100), Set.of());
    assertThat(batch.claimed()).isEmpty();
    assertThat(bench.written(batch))
        .containsExactly(SetIds.job(setId, 1) + " LEASED", SetIds.job(setId, 1) + " JOB_REJECTED");
    assertThat(batch.offsets()).hasSize(1);
  }

  @Test
  void whereASpecIsGoneTheFirstRunIsStoppedAndNothingIsClaimed() {
    RunRequest request = set("", 3);
    bench.forget(request.each().toList().get(1).spec());
    bench.record(0, 0, request);
    ClaimBatch batch = bench.weigh(new Room(10, 0, 100), Set.of());
    assertThat(batch.claimed()).isEmpty();
    assertThat(bench.written(batch)).containsExactly(request.job().jobId() + " STOPPED");
  }

  @Test
  void aSetOfACordonedQueueIsDeferredByOneReport() {
    RunRequest request = set("", 3);
    bench.record(0, 0, request);
    bench.cordons =
        new Cordons(
            Optional.empty(),
            Map.of("queue", new CordonDefinition("c", Target.QUEUE, "queue", false, "")));
    ClaimBatch batch = bench.weigh(new Room(10, 0, 100), Set.of());
    assertThat(batch.claimed()).isEmpty();
    assertThat(bench.written(batch)).containsExactly(request.job().jobId() + " DEFERRED");
  }

  @ParameterizedTest
  @CsvSource({"no id, 0", "0190a000-0000-7000-8000-000000000000, 99999"})
  void aRequestForWhatIsNoSetIsADeadLetterAndStopsNobody(String setId, int first) {
    String real = SetIds.set(UUID.randomUUID());
    List<GroupPart> parts = List.of(new GroupPart(bench.spec("1"), 0, first, 2, 0, 0));
    RunRequest good = request(real, "", List.of(new GroupPart(bench.spec("1"), 0, 0, 2, 0, 0)));
    RunRequest broken =
        new RunRequest(
            good.job(),
            good.run(),
            good.spec(),
            "p",
            RunMutations.NONE,
            Instant.EPOCH,
            new GroupStart(setId, 0, "", "armada", parts));
    bench.record(0, 0, broken);
    RunRequest single = bench.single("1");
    bench.record(0, 1, single);
    ClaimBatch batch = bench.weigh(new Room(10, 0, 100), Set.of());
    assertThat(claimed(batch)).containsExactly(single);
    assertThat(bench.written(batch)).contains("dead letter CORRUPT");
    assertThat(batch.offsets()).hasSize(1);
  }

  @Test
  void aSetThatWaitedGetsItsTurnAndStaysUntilThereIsRoom() {
    RunRequest set = set("", 4); // 90 bytes
    Room half = new Room(10, 0, 50);
    bench.record(0, 0, set);
    assertThat(bench.weigh(half, Set.of()).putBackCount()).isEqualTo(1);

    bench.now = bench.now.plus(Turns.FIRST);
    bench.record(1, 7, set);
    bench.record(1, 8, bench.single("1"));
    RunRequest single = bench.single("1");
    bench.record(2, 5, single);
    RunRequest bound = set("me", 1);
    bench.record(2, 6, bound);
    ClaimBatch turn = bench.weigh(half, Set.of());
    assertThat(turn.left()).extracting(ConsumerRecord::offset).containsExactly(7L);
    assertThat(turn.awaitedCount()).isEqualTo(1);
    assertThat(turn.putBackCount()).as("the single run, to where others may take it").isEqualTo(1);
    assertThat(claimed(turn))
        .as("a set that has room here already goes on")
        .containsExactlyElementsOf(bound.each().toList());

    bench.record(1, 7, set);
    bench.record(1, 8, single);
    ClaimBatch all = bench.weigh(new Room(10, 0, 100), Set.of());
    assertThat(all.claimed()).hasSize(6);
    assertThat(all.left()).isEmpty();
  }

  @Test
  void aSetThatCanNeverFitHereGetsNoTurn() {
    RunRequest set = set("", 5); // 110 bytes
    for (int i = 0; i < 3; i++) {
      bench.record(0, i, set);
      RunRequest single = bench.single("1");
      bench.record(1, i, single);
      assertThat(claimed(bench.weigh(new Room(10, 0, 50), Set.of()))).containsExactly(single);
      bench.now = bench.now.plus(Turns.FIRST);
    }
  }

  @Test
  void aTemplateIsReadOnceForAllItsRuns() {
    bench.record(0, 0, set("", 4));
    assertThat(bench.weigh(new Room(10, 0, 100), Set.of()).claimed()).hasSize(5);
    assertThat(bench.asked()).isEqualTo(2);
  }
}
