package io.faultline.executor.kubernetes;

import static io.faultline.executor.kubernetes.ScriptedKubelet.status;
import static io.faultline.executor.kubernetes.ScriptedKubelet.terminated;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.EventListBuilder;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.cluster.PodOrders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kubernetes events of a pod, as far as the API server gives them. */
class EventsOfPodsIT extends OnMockApi {

  private final PodOrder order = PodOrders.of(PodOrders.shell("exit 1"));
  private final AtomicInteger pages = new AtomicInteger();

  @BeforeEach
  void begin() throws Exception {
    open();
    create(order);
  }

  @Test
  void ofThousandsOfEventsTheNewestAreKept() throws Exception {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      events.add(
          new EventBuilder()
              .withType("Warning")
              .withReason("BackOff")
              .withMessage("event " + i)
              .withLastTimestamp(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i).toString())
              .build());
    }
    api.fault = request -> request.getPath().contains("/events") ? page(request, events) : null;
    kubelet.status(kubelet.pod(order), status("Failed").build());
    Evidence evidence = seen.failure(order.runId());
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.POD_ISSUE);
    assertThat(evidence.containers()).isEmpty();
    assertThat(evidence.events()).hasSize(50);
    assertThat(evidence.events().get(49).message()).isEqualTo("event 2999");
    assertThat(pages).hasValue(6);
  }

  /** Pages as a server gives them: so many as are asked for, and where to go on. */
  private MockResponse page(RecordedRequest request, List<Event> events) {
    int limit = parameter(request, "limit");
    int from = parameter(request, "continue");
    int to = Math.min(events.size(), from + limit);
    pages.incrementAndGet();
    return MockApi.json(
        200,
        new EventListBuilder()
            .withItems(events.subList(from, to))
            .withNewMetadata()
            .withContinue(to < events.size() ? Integer.toString(to) : null)
            .endMetadata()
            .build());
  }

  private static int parameter(RecordedRequest request, String name) {
    Matcher matcher = Pattern.compile("[?&]" + name + "=(\\d+)").matcher(request.getPath());
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  @Test
  void anEndWithoutItsEventsIsStillTold() throws Exception {
    api.fault =
        request -> request.getPath().contains("/events") ? MockApi.answer(500, "broken") : null;
    kubelet.status(kubelet.pod(order), terminated(2, "Error", ""));
    assertThat(seen.failure(order.runId()).kind()).isEqualTo(EvidenceKind.POD_FAILED);
  }
}
