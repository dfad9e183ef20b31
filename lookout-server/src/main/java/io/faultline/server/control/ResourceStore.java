package io.faultline.server.control;

import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.server.control.WriteOutcome.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * Resources and all their revisions. Writes are one at a time over all servers: each locks the
 * counter of revisions first, so what a write checks still holds when it commits.
 */
public final class ResourceStore {

  private static final String COLUMNS =
      "r.kind, r.name, r.revision, r.deleted, r.body, r.changed_at, r.changed_by";

  private static final RowMapper<Resource> RESOURCE =
      (row, context) ->
          new Resource(
              ResourceKind.ofWord(row.getString("kind")).orElseThrow(),
              row.getString("name"),
              row.getLong("revision"),
              row.getBoolean("deleted"),
              row.getString("body"),
              row.getTimestamp("changed_at").toInstant(),
              row.getString("changed_by"));

  /** Whether a write may happen. What it throws ends the write. */
  @FunctionalInterface
  public interface Guard {

    /**
     * @param there whether there is such a resource now
     * @param missing of what it names, that which is not there
     */
    void check(boolean there, List<ResourceRef> missing);
  }

  private final Jdbi jdbi;
  private final Clock clock;

  public ResourceStore(Jdbi jdbi, Clock clock) {
    this.jdbi = jdbi;
    this.clock = clock;
  }

  /** The resource as it stands; empty where there is none or it was deleted. */
  public Optional<Resource> find(ResourceKind kind, String name) {
    return jdbi.withHandle(handle -> find(handle, kind, name));
  }

  /** The resource as it stood at a revision; empty where there was none then. */
  public Optional<Resource> findAt(ResourceKind kind, String name, long revision) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select %s from control.resource_revisions r
                    where r.kind = :kind and r.name = :name and r.revision <= :revision
                    order by r.revision desc limit 1
                    """
                        .formatted(COLUMNS))
                .bind("kind", kind.word())
                .bind("name", name)
                .bind("revision", revision)
                .map(RESOURCE)
                .findOne()
                .filter(resource -> !resource.deleted()));
  }

  /** One revision of a resource, which may be a deletion; empty where it is not one of its. */
  public Optional<Resource> revision(ResourceKind kind, String name, long revision) {
    return revisions(kind, name, revision + 1, 1).stream()
        .filter(found -> found.revision() == revision)
        .findAny();
  }

  /** Resources of a kind by name, those after {@code afterName} only. */
  public List<Resource> list(ResourceKind kind, String afterName, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select %s from control.resources c
                    join control.resource_revisions r using (revision)
                    where c.kind = :kind and c.name collate "C" > :after
                    order by c.name collate "C" limit :limit
                    """
                        .formatted(COLUMNS))
                .bind("kind", kind.word())
                .bind("after", afterName)
                .bind("limit", limit)
                .map(RESOURCE)
                .list());
  }

  /** Revisions of one resource below {@code before}, newest first. */
  public List<Resource> revisions(ResourceKind kind, String name, long before, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select %s from control.resource_revisions r
                    where r.kind = :kind and r.name = :name and r.revision < :before
                    order by r.revision desc limit :limit
                    """
                        .formatted(COLUMNS))
                .bind("kind", kind.word())
                .bind("name", name)
                .bind("before", before)
                .bind("limit", limit)
                .map(RESOURCE)
                .list());
  }

  /** The newest revision of all; 0 before the first. */
  public long newestRevision() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select last from control.revision_counter")
                .mapTo(Long.class)
                .one());
  }

  /**
   * Creates or replaces a resource; the same body again changes nothing.
   *
   * @param body the document as written, already judged
   * @param references what it names
   * @param guard asked before anything is changed, and before the precondition
   */
  public WriteOutcome put(
      ResourceKind kind,
      String name,
      String body,
      Collection<ResourceRef> references,
      Precondition precondition,
      Guard guard,
      String by) {
    return jdbi.inTransaction(
        handle -> {
          long last = lockCounter(handle);
          Optional<Resource> current = find(handle, kind, name);
          guard.check(current.isPresent(), missing(handle, references));
          if (!precondition.holds(current.map(Resource::revision).orElse(null))) {
            return WriteOutcome.of(Kind.PRECONDITION, current.orElse(null));
          }
          if (current.isPresent() && current.get().body().equals(body)) {
            return WriteOutcome.of(Kind.UNCHANGED, current.get());
          }
          Resource written = new Resource(kind, name, last + 1, false, body, now(), by);
          insertRevision(handle, written);
          handle
              .createUpdate(
                  """
                  insert into control.resources (kind, name, revision)
                  values (:kind, :name, :revision)
                  on conflict (kind, name) do update set revision = excluded.revision
                  """)
              .bind("kind", kind.word())
              .bind("name", name)
              .bind("revision", written.revision())
              .execute();
          replaceReferences(handle, kind, name, references);
          return WriteOutcome.of(current.isPresent() ? Kind.UPDATED : Kind.CREATED, written);
        });
  }

  /** Deletes a resource that no other refers to. */
  public WriteOutcome delete(ResourceKind kind, String name, Precondition precondition, String by) {
    return jdbi.inTransaction(
        handle -> {
          long last = lockCounter(handle);
          Optional<Resource> current = find(handle, kind, name);
          if (current.isEmpty()) {
            return WriteOutcome.of(Kind.MISSING, null);
          }
          if (!precondition.holds(current.get().revision())) {
            return WriteOutcome.of(Kind.PRECONDITION, current.get());
          }
          List<ResourceRef> referredBy = referredBy(handle, kind, name);
          if (!referredBy.isEmpty()) {
            return new WriteOutcome(Kind.REFERRED_TO, current.get(), referredBy);
          }
          Resource deletion = new Resource(kind, name, last + 1, true, "", now(), by);
          insertRevision(handle, deletion);
          handle.execute(
              "delete from control.resources where kind = ? and name = ?", kind.word(), name);
          return WriteOutcome.of(Kind.DELETED, deletion);
        });
  }

  /** Revisions that are not published yet, in their order. */
  public List<Resource> unpublished(int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select %s from control.resource_revisions r
                    where r.revision > (select published from control.publisher)
                    order by r.revision limit :limit
                    """
                        .formatted(COLUMNS))
                .bind("limit", limit)
                .map(RESOURCE)
                .list());
  }

  /** The newest revision that is published; 0 before the first. */
  public long published() {
    return jdbi.withHandle(
        handle ->
            handle.createQuery("select published from control.publisher").mapTo(Long.class).one());
  }

  /** Notes that everything up to a revision is published. */
  public void markPublished(long revision) {
    jdbi.useHandle(
        handle ->
            handle.execute(
                "update control.publisher set published = ? where published < ?",
                revision,
                revision));
  }

  private static long lockCounter(Handle handle) {
    return handle
        .createQuery("select last from control.revision_counter for update")
        .mapTo(Long.class)
        .one();
  }

  private static Optional<Resource> find(Handle handle, ResourceKind kind, String name) {
    return handle
        .createQuery(
            """
            select %s from control.resources c
            join control.resource_revisions r using (revision)
            where c.kind = :kind and c.name = :name
            """
                .formatted(COLUMNS))
        .bind("kind", kind.word())
        .bind("name", name)
        .map(RESOURCE)
        .findOne();
  }

  private static List<ResourceRef> missing(Handle handle, Collection<ResourceRef> references) {
    return references.stream()
        .filter(ref -> find(handle, ref.kind(), ref.name()).isEmpty())
        .toList();
  }

  private static List<ResourceRef> referredBy(Handle handle, ResourceKind kind, String name) {
    return handle
        .createQuery(
            """
            select kind, name from control.resource_references
            where to_kind = :kind and to_name = :name order by kind, name
            """)
        .bind("kind", kind.word())
        .bind("name", name)
        .map(
            (row, context) ->
                new ResourceRef(
                    ResourceKind.ofWord(row.getString("kind")).orElseThrow(),
                    row.getString("name")))
        .list();
  }

  private static void insertRevision(Handle handle, Resource resource) {
    handle
        .createUpdate(
            """
            insert into control.resource_revisions
              (revision, kind, name, deleted, body, changed_at, changed_by)
            values (:revision, :kind, :name, :deleted, :body, :changedAt, :changedBy)
            """)
        .bind("revision", resource.revision())
        .bind("kind", resource.kind().word())
        .bind("name", resource.name())
        .bind("deleted", resource.deleted())
        .bind("body", resource.body())
        .bind("changedAt", resource.changedAt())
        .bind("changedBy", resource.changedBy())
        .execute();
    handle.execute("update control.revision_counter set last = ?", resource.revision());
  }

  private static void replaceReferences(
      Handle handle, ResourceKind kind, String name, Collection<ResourceRef> references) {
    handle.execute(
        "delete from control.resource_references where kind = ? and name = ?", kind.word(), name);
    for (ResourceRef to : references) {
      handle.execute(
          """
          insert into control.resource_references (kind, name, to_kind, to_name)
          values (?, ?, ?, ?) on conflict do nothing
          """,
          kind.word(),
          name,
          to.kind().word(),
          to.name());
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
