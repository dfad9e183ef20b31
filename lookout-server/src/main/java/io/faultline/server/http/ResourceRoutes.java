package io.faultline.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlJson;
import io.faultline.server.access.Caller;
import io.faultline.server.control.Precondition;
import io.faultline.server.control.ResourceStore;
import io.faultline.server.control.WriteOutcome;
import io.faultline.server.http.Problem.Kind;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads and writes resources of one kind. */
final class ResourceRoutes {

  private static final String CHECKED = "checkReferences";

  private final ResourceKind kind;
  private final String path;
  private final ResourceStore store;
  private final WriteWarnings warnings;
  private final Runnable written;
  private final ForceStatus status;

  /**
   * @param path the word for the kind in paths
   * @param written told after each change
   */
  ResourceRoutes(
      ResourceKind kind, String path, ResourceStore store, Runnable written, ForceStatus status) {
    this.kind = kind;
    this.path = "/api/v1/" + path;
    this.store = store;
    this.warnings = new WriteWarnings(store);
    this.written = written;
    this.status = status;
  }

  List<Route> routes() {
    // who may do just one of both is asked again when it is known whether there is one
    Access write = ResourcePermissions.toWrite(kind);
    return List.of(
        Route.get(path, Access.READ, this::list),
        Route.post(path, ResourcePermissions.toCreate(kind), this::create),
        Route.get(path + "/{name}", Access.READ, this::one),
        Route.put(path + "/{name}", write, this::put),
        Route.delete(path + "/{name}", ResourcePermissions.toDelete(kind), this::delete),
        Route.get(path + "/{name}/revisions", Access.READ, this::revisions),
        Route.get(path + "/{name}/status", Access.READ, this::status));
  }

  private void list(Context context) {
    Query query = Query.of(context, "limit", Pages.CURSOR);
    int limit = query.limit();
    List<Resource> found = store.list(kind, query.text(Pages.CURSOR).orElse(""), limit);
    answerPage(context, found, limit, Resource::name, kind == ResourceKind.CORDON);
  }

  private void one(Context context) {
    Optional<Long> revision = Query.of(context, "revision").number("revision", 1, Long.MAX_VALUE);
    String name = name(context);
    Resource resource =
        revision
            .map(r -> store.findAt(kind, name, r))
            .orElseGet(() -> store.find(kind, name))
            .orElseThrow(() -> ResourceAnswers.missing(kind, name));
    context.header("ETag", ResourceAnswers.etag(resource));
    context.header("Vary", "Accept");
    String accept = Optional.ofNullable(context.header("Accept")).orElse("");
    if (accept.contains("yaml")) {
      context.status(200).contentType("application/yaml; charset=utf-8").result(resource.body());
      return;
    }
    ObjectNode json = ResourceAnswers.json(resource);
    json.put("body", resource.body());
    json.set("document", document(resource));
    Json.answer(context, 200, json);
  }

  private void create(Context context) {
    Query query = Query.of(context, "name", CHECKED);
    Optional<String> given = query.text("name");
    ResourceBody body = ResourceBody.read(kind, Body.read(context).text(), given);
    Caller caller = Authenticator.caller(context);
    ResourcePermissions.of(kind, body.text()).checkWrite(caller, false);
    List<String> warned = warnings.of(kind, body);
    WriteOutcome outcome = write(context, body, Precondition.ABSENT, checked(query, body));
    if (outcome.kind() == WriteOutcome.Kind.PRECONDITION) {
      throw Problem.of(
              Kind.CONFLICT, "there is a %s '%s' already".formatted(kind.word(), body.name()))
          .with("currentRevision", outcome.resource().revision())
          .exception();
    }
    context.header("Location", path + "/" + body.name());
    answer(context, 201, outcome, warned);
  }

  private void put(Context context) {
    Query query = Query.of(context, CHECKED);
    ResourceBody body =
        ResourceBody.read(kind, Body.read(context).text(), Optional.of(name(context)));
    Caller caller = Authenticator.caller(context);
    ResourceStore.Guard checked = checked(query, body);
    List<String> warned = warnings.of(kind, body);
    WriteOutcome outcome =
        write(
            context,
            body,
            Preconditions.of(context),
            (there, missing) -> {
              ResourcePermissions.of(kind, body.text()).checkWrite(caller, there);
              checked.check(there, missing);
            });
    if (outcome.kind() == WriteOutcome.Kind.PRECONDITION) {
      throw ResourceAnswers.changed(kind, body.name(), outcome);
    }
    int answer = outcome.kind() == WriteOutcome.Kind.CREATED ? 201 : 200;
    answer(context, answer, outcome, warned);
  }

  /** Refuses what names something that is not there, where that is asked for. */
  private ResourceStore.Guard checked(Query query, ResourceBody body) {
    boolean asked = query.flag(CHECKED).orElse(false);
    return (there, missing) -> {
      if (asked && !missing.isEmpty()) {
        throw ResourceAnswers.unknown(kind.word() + " '" + body.name() + "'", missing);
      }
    };
  }

  private WriteOutcome write(
      Context context, ResourceBody body, Precondition precondition, ResourceStore.Guard guard) {
    return store.put(
        kind,
        body.name(),
        body.text(),
        body.references(),
        precondition,
        guard,
        Authenticator.caller(context).name());
  }

  private void delete(Context context) {
    Query.of(context);
    String name = name(context);
    Caller caller = Authenticator.caller(context);
    store
        .find(kind, name)
        .ifPresent(there -> ResourcePermissions.of(kind, there.body()).checkDelete(caller));
    WriteOutcome outcome = store.delete(kind, name, Preconditions.of(context), caller.name());
    switch (outcome.kind()) {
      case DELETED -> answer(context, 200, outcome, List.of());
      case MISSING -> throw ResourceAnswers.missing(kind, name);
      case PRECONDITION -> throw ResourceAnswers.changed(kind, name, outcome);
      case REFERRED_TO -> throw ResourceAnswers.referredTo(kind, name, outcome);
      case CREATED, UPDATED, UNCHANGED ->
          throw new IllegalStateException("a deletion ended as " + outcome.kind());
    }
  }

  private void revisions(Context context) {
    Query query = Query.of(context, "limit", Pages.CURSOR);
    String name = name(context);
    long before = query.number(Pages.CURSOR, 1, Long.MAX_VALUE).orElse(Long.MAX_VALUE);
    int limit = query.limit();
    List<Resource> found = store.revisions(kind, name, before, limit);
    if (found.isEmpty() && before == Long.MAX_VALUE) {
      throw ResourceAnswers.missing(kind, name);
    }
    answerPage(context, found, limit, resource -> Long.toString(resource.revision()), false);
  }

  private void status(Context context) {
    Query.of(context);
    String name = name(context);
    List<Resource> newest = store.revisions(kind, name, Long.MAX_VALUE, 1);
    if (newest.isEmpty()) {
      throw ResourceAnswers.missing(kind, name);
    }
    Json.answer(context, 200, status.of(newest.get(0).revision()));
  }

  private void answer(Context context, int status, WriteOutcome outcome, List<String> warnings) {
    if (outcome.kind() != WriteOutcome.Kind.UNCHANGED) {
      written.run();
    }
    ResourceAnswers.written(context, status, outcome, warnings);
  }

  private interface CursorOf {
    String of(Resource resource);
  }

  private static void answerPage(
      Context context, List<Resource> found, int limit, CursorOf cursor, boolean whole) {
    List<ObjectNode> items = new ArrayList<>();
    for (Resource resource : found) {
      ObjectNode json = ResourceAnswers.json(resource);
      if (whole) {
        json.set("document", document(resource));
      }
      items.add(json);
    }
    Supplier<Resource> last = () -> found.get(found.size() - 1);
    Pages.answer(
        context,
        items,
        found.size() < limit ? Optional.empty() : Optional.of(cursor.of(last.get())));
  }

  private static JsonNode document(Resource resource) {
    return YamlJson.of(YamlFile.read("body", resource.body()).single());
  }

  private static String name(Context context) {
    return Query.printable("name", context.pathParam("name"));
  }
}
