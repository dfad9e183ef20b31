package io.faultline.server.http;

import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.server.access.Caller;
import io.faultline.server.control.ResourceStore;
import io.faultline.server.control.WriteOutcome;
import io.faultline.server.http.Problem.Kind;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/**
 * Rolls resources of one kind back: an earlier revision's document is written once more, as a new
 * revision, and judged as any other that is written today.
 */
final class RollbackRoutes {

  private final ResourceKind kind;
  private final String path;
  private final ResourceStore store;
  private final WriteWarnings warnings;
  private final Runnable written;

  /**
   * @param path the word for the kind in paths
   * @param written told after each change
   */
  RollbackRoutes(ResourceKind kind, String path, ResourceStore store, Runnable written) {
    this.kind = kind;
    this.path = "/api/v1/" + path + "/{name}/rollback";
    this.store = store;
    this.warnings = new WriteWarnings(store);
    this.written = written;
  }

  List<Route> routes() {
    Access write = ResourcePermissions.toWrite(kind);
    return List.of(Route.post(path, write, this::rollback));
  }

  private void rollback(Context context) {
    Query.of(context);
    String name = Query.printable("name", context.pathParam("name"));
    long revision = revision(context);
    Resource target = target(name, revision);
    ResourceBody body = read(target);
    Caller caller = Authenticator.caller(context);
    List<String> warned = warnings.of(kind, body);
    WriteOutcome outcome =
        store.put(
            kind,
            name,
            body.text(),
            body.references(),
            Preconditions.of(context),
            (there, missing) -> {
              ResourcePermissions.of(kind, body.text()).checkWrite(caller, there);
              if (!missing.isEmpty()) {
                throw ResourceAnswers.unknown("revision " + revision, missing);
              }
            },
            caller.name());
    if (outcome.kind() == WriteOutcome.Kind.PRECONDITION) {
      throw ResourceAnswers.changed(kind, name, outcome);
    }
    if (outcome.kind() != WriteOutcome.Kind.UNCHANGED) {
      written.run();
    }
    ResourceAnswers.written(context, 200, outcome, warned);
  }

  private static long revision(Context context) {
    YamlMap body = YamlFile.read("body", Body.read(context).text()).single().map().only("revision");
    return body.require("revision").integer(1, Long.MAX_VALUE - 1);
  }

  private Resource target(String name, long revision) {
    Resource target =
        store
            .revision(kind, name, revision)
            .orElseThrow(
                () ->
                    Problem.of(
                            Kind.NOT_FOUND,
                            "%s '%s' has no revision %d".formatted(kind.word(), name, revision))
                        .exception());
    if (target.deleted()) {
      throw Problem.of(
              Kind.CONFLICT,
              "revision %d is the deletion of %s '%s'; delete it instead"
                  .formatted(revision, kind.word(), name))
          .exception();
    }
    return target;
  }

  private ResourceBody read(Resource target) {
    try {
      return ResourceBody.read(kind, target.body(), Optional.of(target.name()));
    } catch (RuleFileException e) {
      // what was taken by an earlier version may not be taken by this one
      throw Problems.invalidFile("revision " + target.revision() + " can't be written today: ", e)
          .exception();
    }
  }
}
