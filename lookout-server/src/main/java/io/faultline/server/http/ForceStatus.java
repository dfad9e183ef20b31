package io.faultline.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.resource.ServiceStatus;
import io.faultline.server.control.ResourceStore;
import io.javalin.http.Context;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Says where a revision is in force. */
final class ForceStatus {

  /** The services that act by resources; others follow none. */
  private static final Set<String> FOLLOWERS =
      Set.of("classifier-stream", "retry-decider", "ingest-executor");

  private final ResourceStore store;
  private final Supplier<List<ServiceStatus>> instances;

  /**
   * @param instances the live instances of all services
   */
  ForceStatus(ResourceStore store, Supplier<List<ServiceStatus>> instances) {
    this.store = store;
    this.instances = instances;
  }

  List<Route> routes() {
    return List.of(Route.get("/api/v1/resources/status", Access.READ, this::answer));
  }

  private void answer(Context context) {
    long revision =
        Query.of(context, "revision")
            .number("revision", 0, Long.MAX_VALUE)
            .orElseGet(store::newestRevision);
    Json.answer(context, 200, of(revision));
  }

  ObjectNode of(long revision) {
    ObjectNode json = Json.object();
    json.put("revision", revision);
    json.put("published", store.published() >= revision);
    List<ServiceStatus> live =
        instances.get().stream().filter(s -> FOLLOWERS.contains(s.service())).toList();
    long there = live.stream().filter(s -> s.revision() >= revision).count();
    json.put("inForce", !live.isEmpty() && there == live.size());
    json.put("inForceOn", there);
    json.put("of", live.size());
    ArrayNode array = json.putArray("instances");
    for (ServiceStatus status : live) {
      array
          .addObject()
          .put("service", status.service())
          .put("instance", status.instance())
          .put("revision", status.revision())
          .put("inForce", status.revision() >= revision)
          .put("at", status.at().toString());
    }
    return json;
  }
}
