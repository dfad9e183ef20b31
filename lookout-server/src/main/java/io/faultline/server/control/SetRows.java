package io.faultline.server.control;

import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.set.SetJobId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Sets of submissions, and the templates that their jobs are made from. */
final class SetRows {

  private static final String TEMPLATES =
      """
      select t.*, s.queue, s.job_set, s.gang_id, s.owner, s.accepted_at, s.fail_fast
      from control.submitted_templates t join control.submitted_sets s on s.set_id = t.set_id
      """;

  private SetRows() {}

  static void insert(Handle handle, Submission submission) {
    if (submission.sets().isEmpty()) {
      return;
    }
    PreparedBatch sets =
        handle.prepareBatch(
            """
            insert into control.submitted_sets
              (set_id, last_id, submission_id, position, name, queue, job_set, gang_id, owner,
               accepted_at, jobs, fail_fast, failure_policy, manifest, client_ids, places)
            values (:setId, :lastId, :submission, :position, :name, :queue, :jobSet, :gangId,
               :owner, :at, :jobs, :failFast, :failurePolicy, :manifest, :clientIds, :places)
            """);
    PreparedBatch templates =
        handle.prepareBatch(
            """
            insert into control.submitted_templates
              (job_id, last_id, set_id, position, replicated_job, replicas, pods, client_id,
               namespace, priority, labels, annotations, pod_spec, place)
            values (:jobId, :lastId, :setId, :position, :replicatedJob, :replicas, :pods,
               :clientId, :namespace, :priority, :labels, :annotations, :podSpec, :place)
            """);
    int position = 0;
    for (AcceptedSet set : submission.sets()) {
      sets.bind("setId", set.setId())
          .bind("lastId", set.jobId(set.jobs() - 1))
          .bind("submission", submission.id())
          .bind("position", position++)
          .bind("name", set.name())
          .bind("queue", set.set().queue())
          .bind("jobSet", set.set().jobSet())
          .bind("gangId", set.set().gangId())
          .bind("owner", set.owner())
          .bind("at", submission.acceptedAt())
          .bind("jobs", set.jobs())
          .bind("failFast", set.failFast())
          .bind("failurePolicy", set.failurePolicy())
          .bind("manifest", set.manifest())
          .bind(
              "clientIds",
              set.clientIds().isEmpty() ? null : set.clientIds().toArray(String[]::new))
          .bind("places", set.places().isEmpty() ? null : set.places().toArray(Integer[]::new))
          .add();
      addTemplates(templates, set);
    }
    sets.execute();
    templates.execute();
  }

  private static void addTemplates(PreparedBatch batch, AcceptedSet set) {
    int position = 0;
    int first = 0;
    for (AcceptedTemplate template : set.templates()) {
      JobSpec spec = template.first().spec();
      SpecColumns.bind(batch, spec)
          .bind("lastId", set.jobId(first + template.jobs() - 1))
          .bind("setId", set.setId())
          .bind("position", position++)
          .bind("replicatedJob", template.replicatedJob())
          .bind("replicas", template.replicas())
          .bind("pods", template.pods())
          .bind("place", spec.place() == null ? null : SpecColumns.text(spec.place()))
          .add();
      first += template.jobs();
    }
  }

  /** The sets of a submission, in their order. */
  static List<AcceptedSet> of(Handle handle, Object submission) {
    return handle
        .createQuery(
            "select * from control.submitted_sets where submission_id = :id order by position")
        .bind("id", submission)
        .map((row, context) -> set(handle, row))
        .list();
  }

  /** A job by its id, which is one of a set's; empty where no set has it. */
  static Optional<AcceptedJob> job(Handle handle, SetJobId member, String jobId) {
    return handle
        .createQuery(
            """
            select x.*, s.client_ids[:number] member_client_id from (%s) x
            join control.submitted_sets s on s.set_id = x.set_id
            where x.set_id = :setId and x.job_id <= :jobId and x.last_id >= :jobId
            """
                .formatted(TEMPLATES))
        .bind("number", member.index() + 1)
        .bind("setId", member.setId())
        .bind("jobId", jobId)
        .map(
            (row, context) -> {
              String clientId = row.getString("member_client_id");
              return first(row, jobId, clientId == null ? "" : clientId);
            })
        .findOne();
  }

  private static AcceptedSet set(Handle handle, ResultSet row) throws SQLException {
    String setId = row.getString("set_id");
    return new AcceptedSet(
        identity(row, setId),
        row.getString("name"),
        row.getString("owner"),
        row.getBoolean("fail_fast"),
        row.getString("failure_policy"),
        row.getString("manifest"),
        templates(handle, setId),
        array(row, "client_ids", String[].class),
        array(row, "places", Integer[].class));
  }

  private static List<AcceptedTemplate> templates(Handle handle, String setId) {
    return handle
        .createQuery(TEMPLATES + "where t.set_id = :setId order by t.position")
        .bind("setId", setId)
        .map(
            (row, context) ->
                new AcceptedTemplate(
                    first(row, row.getString("job_id"), row.getString("client_id")),
                    row.getString("replicated_job"),
                    row.getInt("replicas"),
                    row.getInt("pods")))
        .list();
  }

  private static AcceptedJob first(ResultSet row, String jobId, String clientId)
      throws SQLException {
    JobSpec spec =
        new JobSpec(
            identity(row, jobId),
            row.getString("owner"),
            clientId,
            row.getString("namespace"),
            row.getDouble("priority"),
            SpecColumns.texts(row.getString("labels")),
            SpecColumns.texts(row.getString("annotations")),
            row.getString("pod_spec"),
            row.getTimestamp("accepted_at").toInstant(),
            SpecColumns.place(row.getString("place")));
    return new AcceptedJob(spec, row.getBoolean("fail_fast"), SpecColumns.ref(row));
  }

  private static JobIdentity identity(ResultSet row, String jobId) throws SQLException {
    return new JobIdentity(
        jobId, row.getString("queue"), row.getString("job_set"), row.getString("gang_id"));
  }

  private static <T> List<T> array(ResultSet row, String column, Class<T[]> type)
      throws SQLException {
    @Nullable Array array = row.getArray(column);
    return array == null ? List.of() : Arrays.asList(type.cast(array.getArray()));
  }
}
