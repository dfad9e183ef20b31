package io.faultline.server.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.server.control.ResourceRef;
import io.faultline.server.control.WriteOutcome;
import io.faultline.server.http.Problem.Kind;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How resources, and what became of writing them, are answered. */
final class ResourceAnswers {

  private ResourceAnswers() {}

  /**
   * What became of a write.
   *
   * @param warnings what in the document is hardly meant
   */
  static void written(Context context, int status, WriteOutcome outcome, List<String> warnings) {
    Resource resource = outcome.resource();
    context.header("ETag", etag(resource));
    ObjectNode json = json(resource);
    json.put("change", outcome.kind().name().toLowerCase(Locale.ROOT));
    if (!warnings.isEmpty()) {
      ArrayNode array = json.putArray("warnings");
      warnings.forEach(array::add);
    }
    Json.answer(context, status, json);
  }

  static ObjectNode json(Resource resource) {
    ObjectNode json = Json.object();
    json.put("kind", resource.kind().word());
    json.put("name", resource.name());
    json.put("revision", resource.revision());
    json.put("changedAt", resource.changedAt().toString());
    json.put("changedBy", resource.changedBy());
    json.put("deleted", resource.deleted());
    return json;
  }

  static String etag(Resource resource) {
    return "\"" + resource.revision() + "\"";
  }

  static ProblemException missing(ResourceKind kind, String name) {
    return Problem.of(Kind.NOT_FOUND, "there is no %s '%s'".formatted(kind.word(), name))
        .exception();
  }

  static ProblemException changed(ResourceKind kind, String name, WriteOutcome outcome) {
    Resource current = outcome.resource();
    String detail =
        current == null
            ? "there is no %s '%s'".formatted(kind.word(), name)
            : "%s '%s' stands at revision %d".formatted(kind.word(), name, current.revision());
    Problem problem = Problem.of(Kind.PRECONDITION_FAILED, detail);
    return (current == null ? problem : problem.with("currentRevision", current.revision()))
        .exception();
  }

  static ProblemException referredTo(ResourceKind kind, String name, WriteOutcome outcome) {
    List<ResourceRef> by = outcome.referredBy();
    return Problem.of(
            Kind.STILL_REFERRED_TO,
            "%s '%s' is referred to by %s".formatted(kind.word(), name, words(by)))
        .with("referredBy", json(by))
        .exception();
  }

  /** Resources are named that are not there. */
  static ProblemException unknown(String what, List<ResourceRef> missing) {
    return Problem.of(
            Kind.UNKNOWN_REFERENCE,
            "%s names what is not there: %s".formatted(what, words(missing)))
        .with("missing", json(missing))
        .exception();
  }

  private static ArrayNode json(List<ResourceRef> refs) {
    ArrayNode array = Json.array(List.of());
    refs.forEach(ref -> array.addObject().put("kind", ref.kind().word()).put("name", ref.name()));
    return array;
  }

  private static String words(List<ResourceRef> refs) {
    return refs.stream()
        .map(ref -> ref.kind().word() + " '" + ref.name() + "'")
        .collect(Collectors.joining(", "));
  }
}
