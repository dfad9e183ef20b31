package io.faultline.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.server.access.Caller;
import io.faultline.server.access.Permission;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/** About the server itself. */
final class ServerRoutes {

  private final Supplier<List<String>> waitingFor;
  private final PrometheusMeterRegistry meters;
  private final String version;
  private final byte[] openApi;

  /**
   * @param waitingFor what it needs and does not have; empty when it can serve
   */
  ServerRoutes(Supplier<List<String>> waitingFor, PrometheusMeterRegistry meters, String version) {
    this.waitingFor = waitingFor;
    this.meters = meters;
    this.version = version;
    this.openApi = Json.bytes(OpenApi.document(version));
  }

  List<Route> routes() {
    return List.of(
        Route.get("/livez", Access.OPEN, c -> c.contentType("text/plain").result("ok\n")),
        Route.get("/readyz", Access.OPEN, this::ready),
        Route.get(
            "/metrics",
            Access.READ,
            c -> c.contentType("text/plain; version=0.0.4; charset=utf-8").result(meters.scrape())),
        Route.get(
            "/openapi.json", Access.ANYONE, c -> c.contentType("application/json").result(openApi)),
        Route.get(
            "/api/v1/version",
            Access.ANYONE,
            c -> Json.answer(c, 200, Json.object().put("version", version))),
        Route.get("/api/v1/whoami", Access.ANYONE, ServerRoutes::whoAmI));
  }

  private void ready(Context context) {
    List<String> missing = waitingFor.get();
    ObjectNode body = Json.object().put("ready", missing.isEmpty());
    if (!missing.isEmpty()) {
      ArrayNode array = body.putArray("waitingFor");
      missing.forEach(array::add);
    }
    Json.answer(context, missing.isEmpty() ? 200 : 503, body);
  }

  private static void whoAmI(Context context) {
    Caller caller = Authenticator.caller(context);
    ObjectNode body = Json.object().put("name", caller.name());
    body.set("groups", Json.tree(caller.groups()));
    body.set(
        "permissions", Json.tree(caller.permissions().stream().map(Permission::word).toList()));
    Json.answer(context, 200, body);
  }
}
