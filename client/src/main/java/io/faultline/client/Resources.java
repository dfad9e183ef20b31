package io.faultline.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;

/**
 * Resources of one kind. Documents are YAML or JSON, as in a resource file, one document each; they
 * are kept as written. Every method throws {@link RefusedException} where the server refuses and
 * {@link UnreachableException} where no answer comes.
 */
public final class Resources {

  private static final String CHECKED = "checkReferences=true";

  private final Rest rest;
  private final Kind kind;
  private final boolean checked;

  Resources(Rest rest, Kind kind, boolean checked) {
    this.rest = rest;
    this.kind = kind;
    this.checked = checked;
  }

  /** The same, but a document that names a resource which is not there is refused. */
  public Resources checkingReferences() {
    return new Resources(rest, kind, true);
  }

  /**
   * Makes one of a document that has its name.
   *
   * @throws RefusedException.Conflict where there is one already
   */
  public Resource create(String document) {
    return write("POST", kind.path() + query(), document);
  }

  /**
   * Makes one of a plain document of categories, which has no name of its own.
   *
   * @throws RefusedException.Conflict where there is one already
   */
  public Resource create(String name, String plainDocument) {
    String named = "name=" + Rest.part(name);
    return write("POST", kind.path() + "?" + named + (checked ? "&" + CHECKED : ""), plainDocument);
  }

  /** Creates or replaces one. The same document again changes nothing. */
  public Resource apply(String name, String document) {
    return write("PUT", path(name) + query(), document);
  }

  /**
   * Replaces one as it stands now.
   *
   * @throws RefusedException.NotFound where there is none
   * @throws RefusedException.Conflict where it changes at this very time
   */
  public Resource update(String name, String document) {
    return update(name, get(name).revision(), document);
  }

  /**
   * Replaces one that was seen.
   *
   * @param seen the revision at which it must still stand
   * @throws RefusedException.Conflict where it has changed since
   */
  public Resource update(String name, long seen, String document) {
    Call call = Call.document("PUT", path(name) + query(), document);
    return answer(call.with("If-Match", "\"" + seen + "\""));
  }

  /**
   * Deletes one.
   *
   * @throws RefusedException.NotFound where there is none
   * @throws RefusedException.Conflict where others refer to it: {@link Problem#referredBy}
   */
  public Resource delete(String name) {
    return answer(Call.of("DELETE", path(name)));
  }

  /**
   * One with its document.
   *
   * @throws RefusedException.NotFound where there is none
   */
  public Resource get(String name) {
    return answer(Call.get(path(name)));
  }

  /** One with its document; empty where there is none. */
  public Optional<Resource> find(String name) {
    try {
      return Optional.of(get(name));
    } catch (RefusedException.NotFound e) {
      return Optional.empty();
    }
  }

  /**
   * One with its document as it stood at a revision.
   *
   * @throws RefusedException.NotFound where there was none then
   */
  public Resource at(String name, long revision) {
    return answer(Call.get(path(name) + "?revision=" + revision));
  }

  /** All of them by name, without documents. */
  public List<Resource> list() {
    return list(kind.path());
  }

  /**
   * The revisions of one, newest first, without documents.
   *
   * @throws RefusedException.NotFound where there never was one
   */
  public List<Resource> revisions(String name) {
    return list(path(name) + "/revisions");
  }

  /**
   * Writes the document of an earlier revision once more, as a new revision.
   *
   * @throws RefusedException where it has no such revision, or that can't be written today; see the
   *     problem's type
   */
  public Resource rollback(String name, long revision) {
    return answer(
        Call.json(
            "POST",
            path(name) + "/rollback",
            JsonNodeFactory.instance.objectNode().put("revision", revision)));
  }

  private String query() {
    return checked ? "?" + CHECKED : "";
  }

  private Resource write(String method, String path, String document) {
    return answer(Call.document(method, path, document));
  }

  private Resource answer(Call call) {
    return Resource.of(rest.send(call).json());
  }

  private List<Resource> list(String path) {
    return rest.list(path, Integer.MAX_VALUE).stream().map(Resource::of).toList();
  }

  private String path(String name) {
    return kind.path() + "/" + Rest.part(name);
  }
}
