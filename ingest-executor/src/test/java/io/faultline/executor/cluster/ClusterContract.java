package io.faultline.executor.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.evidence.InternalCause;
import io.faultline.domain.retry.RunMutations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every kind of cluster does. A kind has a subclass that opens it. */
public abstract class ClusterContract {

  private Cluster cluster;
  private Observations seen;

  /** Opens the cluster; again after {@link Cluster#close} on what is there. */
  protected abstract Cluster open() throws Exception;

  /** Has the runs of that cluster do what a test wants. */
  protected abstract Driver driver();

  /** The name of the only node that {@link #open} has. */
  protected abstract String onlyNode();

  @BeforeEach
  void openCluster() throws Exception {
    reopen();
  }

  private void reopen() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
    cluster = open();
    seen = new Observations();
    cluster.watch(seen);
  }

  @AfterEach
  void leaveNothing() {
    for (String run : cluster.runs()) {
      cluster.stop(run, StopCause.LEASE_LOST);
    }
    for (String run : cluster.runs()) {
      seen.end(run);
      cluster.delete(run);
    }
    cluster.close();
  }

  @Test
  void aRunIsSeenPendingOrRunningAndThenSucceeded() throws Exception {
    PodOrder order = PodOrders.of(driver().waits());
    cluster.create(order);
    Observation.Running running = seen.awaits(order.runId(), Observation.Running.class);
    assertThat(running.node()).isEqualTo(onlyNode());
    driver().end(order, 0);
    assertThat(seen.end(order.runId())).isInstanceOf(Observation.Succeeded.class);
    assertThat(seen.of(order.runId()).get(0)).isNotInstanceOf(Observation.Succeeded.class);
  }

  @Test
  void creatingAgainChangesNothing() throws Exception {
    PodOrder order = PodOrders.of(driver().waits());
    cluster.create(order);
    cluster.create(order);
    seen.awaits(order.runId(), Observation.Running.class);
    cluster.create(order);
    driver().end(order, 0);
    seen.end(order.runId());
    cluster.create(order);
    assertThat(driver().starts(order)).isEqualTo(1);
    assertThat(cluster.runs()).containsExactly(order.runId());
  }

  @Test
  void aRunGoesOnWhileNobodyWatchesAndIsFoundAgain() throws Exception {
    PodOrder order = PodOrders.of(driver().waits());
    cluster.create(order);
    seen.awaits(order.runId(), Observation.Running.class);
    reopen();
    assertThat(cluster.runs()).containsExactly(order.runId());
    seen.awaits(order.runId(), Observation.Running.class);
    cluster.create(order);
    driver().end(order, 74);
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.containers().get(0).termination().exitCode()).isEqualTo(74);
    assertThat(driver().starts(order)).isEqualTo(1);
  }

  @Test
  void anEndThatNobodySawIsToldToWhoeverComesNext() throws Exception {
    PodOrder order = PodOrders.of(driver().waits());
    cluster.create(order);
    seen.awaits(order.runId(), Observation.Running.class);
    cluster.close();
    driver().end(order, 3);
    cluster = null;
    reopen();
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_FAILED);
    reopen();
    assertThat(seen.failure(order.runId())).isEqualTo(evidence);
    assertThat(driver().starts(order)).isEqualTo(1);
  }

  @Test
  void aStoppedRunIsNoFailure() throws Exception {
    PodOrder order = PodOrders.of(driver().waits());
    cluster.create(order);
    seen.awaits(order.runId(), Observation.Running.class);
    cluster.stop(order.runId(), StopCause.COMMAND);
    cluster.stop(order.runId(), StopCause.COMMAND);
    assertThat(seen.end(order.runId())).isInstanceOf(Observation.Stopped.class);
  }

  @Test
  void aRunThatDoesNotHeedIsKilledAfterItsGrace() throws Exception {
    PodOrder order = PodOrders.of(driver().deaf(",\"terminationGracePeriodSeconds\":1"));
    cluster.create(order);
    await().until(() -> driver().starts(order) == 1);
    cluster.stop(order.runId(), StopCause.COMMAND);
    assertThat(seen.end(order.runId())).isInstanceOf(Observation.Stopped.class);
  }

  @Test
  void aRunWhoseLeaseIsLostEndsAsAnExpiredLease() throws Exception {
    PodOrder order = PodOrders.of(driver().waits());
    cluster.create(order);
    seen.awaits(order.runId(), Observation.Running.class);
    cluster.stop(order.runId(), StopCause.LEASE_LOST);
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.LEASE_EXPIRED);
    assertThat(evidence.internalCause()).isEqualTo(InternalCause.LEASE_EXPIRED);
  }

  @Test
  void aRunThatMakesRoomEndsAsPreemptedAndItsMessageSaysWhy() throws Exception {
    PodOrder order = PodOrders.of(driver().waits());
    cluster.create(order);
    seen.awaits(order.runId(), Observation.Running.class);
    cluster.stop(order.runId(), StopCause.PREEMPTED, "queue q is drained: upgrade");
    cluster.stop(order.runId(), StopCause.PREEMPTED, "queue q is drained: something else");
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.PREEMPTED);
    assertThat(evidence.internalCause()).isNull();
    assertThat(evidence.podMessage()).isEqualTo("queue q is drained: upgrade");
    reopen();
    assertThat(seen.failure(order.runId()).podMessage()).isEqualTo("queue q is drained: upgrade");
  }

  @Test
  void stoppingWhatHasEndedOrNeverWasChangesNothing() throws Exception {
    PodOrder order = PodOrders.of(driver().waits());
    cluster.create(order);
    driver().end(order, 1);
    seen.failure(order.runId());
    cluster.stop(order.runId(), StopCause.COMMAND);
    cluster.stop("no such run", StopCause.COMMAND);
    reopen();
    assertThat(seen.end(order.runId())).isInstanceOf(Observation.Failed.class);
  }

  @Test
  void onlyWhatHasEndedIsDeleted() throws Exception {
    PodOrder order = PodOrders.of(driver().waits());
    cluster.create(order);
    seen.awaits(order.runId(), Observation.Running.class);
    cluster.delete(order.runId());
    assertThat(cluster.runs()).containsExactly(order.runId());
    driver().end(order, 0);
    seen.end(order.runId());
    cluster.delete(order.runId());
    cluster.delete(order.runId());
    assertThat(cluster.runs()).isEmpty();
  }

  @Test
  void whatRunsTakesRoomUntilItEnds() throws Exception {
    Room before = cluster.room();
    PodOrder order =
        PodOrders.of(
            driver().waits(",\"resources\":{\"requests\":{\"cpu\":\"250m\",\"memory\":\"64Mi\"}}"));
    Room needs = cluster.needs(order);
    assertThat(needs).isEqualTo(new Room(1, 250, 64 << 20));
    cluster.create(order);
    assertThat(cluster.room()).isEqualTo(before.minus(needs));
    driver().end(order, 0);
    seen.end(order.runId());
    assertThat(cluster.room()).isEqualTo(before);
    assertThat(cluster.capacity()).isEqualTo(before);
  }

  @Test
  void aSpecThatCanNeverBeMadeIsAJobRejected() {
    for (String spec :
        List.of(
            "{}",
            "{\"containers\":[]}",
            "not json",
            "[1]",
            "{\"containers\":null}",
            "{\"containers\":[null]}",
            with(driver().waits(), ",\"initContainers\":[null]"))) {
      assertRejected(() -> cluster.needs(PodOrders.of(spec)));
      assertRejected(() -> cluster.create(PodOrders.of(spec)));
    }
    assertThat(cluster.runs()).isEmpty();
  }

  private static void assertRejected(ThrowingCallable asked) {
    assertThatThrownBy(asked)
        .isInstanceOfSatisfying(
            PodRefused.class,
            refused -> {
              assertThat(refused.evidence().kind()).isEqualTo(EvidenceKind.JOB_REJECTED);
              assertThat(refused.evidence().internalCause()).isEqualTo(InternalCause.JOB_REJECTED);
              assertThat(refused.evidence().podError()).contains("spec");
            });
  }

  private static String with(String podSpec, String podFields) {
    return podSpec.substring(0, podSpec.lastIndexOf('}')) + podFields + "}";
  }

  @Test
  void aFieldThatIsNullIsAsGoodAsAbsent() throws Exception {
    String spec =
        with(
            driver().waits(",\"env\":null,\"resources\":{\"limits\":null}"),
            ",\"initContainers\":null,\"affinity\":null");
    PodOrder order = PodOrders.of(spec, PodOrders.grown(List.of("other"), "1.5"));
    assertThat(cluster.needs(order)).isEqualTo(new Room(1, 0, 0));
    cluster.create(order);
    seen.awaits(order.runId(), Observation.Running.class);
    driver().end(order, 0);
    assertThat(seen.end(order.runId())).isInstanceOf(Observation.Succeeded.class);
  }

  @Test
  void aPodOfASetKnowsItsPlace() throws Exception {
    String fields =
        """
        ,"env":[
          {"name":"MEMBER","valueFrom":{"fieldRef":
            {"fieldPath":"metadata.labels['batch.kubernetes.io/job-name']"}}},
          {"name":"ATTEMPT","valueFrom":{"fieldRef":
            {"fieldPath":"metadata.annotations['jobset.sigs.k8s.io/job-restart-attempt']"}}},
          {"name":"FAULTLINE_GENERATION","value":"its own"}]
        """;
    PodOrder order =
        PodOrders.ofSet(with(driver().waits(fields), ",\"restartPolicy\":\"OnFailure\""));
    cluster.create(order);
    seen.awaits(order.runId(), Observation.Running.class);
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("HOSTNAME", "train-workers-2-1");
    expected.put("JOB_COMPLETION_INDEX", "1");
    expected.put("FAULTLINE_SET_ID", order.request().group().setId());
    expected.put("FAULTLINE_SET_INDEX", "6");
    expected.put("FAULTLINE_SET_SIZE", "");
    expected.put("FAULTLINE_GENERATION", "its own");
    expected.put("MEMBER", "train-workers-2");
    expected.put("ATTEMPT", "3");
    for (Map.Entry<String, String> variable : expected.entrySet()) {
      assertThat(driver().variable(order, variable.getKey()))
          .as(variable.getKey())
          .isEqualTo(variable.getValue());
    }
    reopen();
    assertThat(cluster.runs()).containsExactly(order.runId());
    driver().end(order, 3);
    assertThat(seen.failure(order.runId()).kind()).isEqualTo(EvidenceKind.POD_FAILED);
    assertThat(driver().starts(order)).isEqualTo(1);
  }

  @Test
  void aJobThatHasNoPlaceInItsSetsTemplateIsRejected() {
    PodOrder order = PodOrders.ofSet(driver().waits(), 7);
    for (ThrowingCallable asked :
        List.<ThrowingCallable>of(() -> cluster.needs(order), () -> cluster.create(order))) {
      assertThatThrownBy(asked)
          .isInstanceOfSatisfying(
              PodRefused.class,
              refused -> assertThat(refused.evidence().kind()).isEqualTo(EvidenceKind.JOB_REJECTED))
          .hasMessage(
              "pod 6 of the replicated job workers: is none; allowed: 3 replicas of 2 pods");
    }
    assertThat(cluster.runs()).isEmpty();
  }

  @Test
  void aRunThatMustAvoidTheOnlyNodeIsUnschedulable() {
    PodOrder order =
        PodOrders.of(
            driver().waits(), new RunMutations(List.of("other", onlyNode()), List.of(), List.of()));
    Evidence evidence;
    try {
      cluster.create(order);
      evidence = seen.failure(order.runId());
    } catch (PodRefused e) {
      assertThat(cluster.runs()).isEmpty();
      evidence = e.evidence();
    }
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_ISSUE);
    assertThat(evidence.podReason()).isEqualTo("Unschedulable");
    assertThat(driver().starts(order)).isZero();
  }
}
