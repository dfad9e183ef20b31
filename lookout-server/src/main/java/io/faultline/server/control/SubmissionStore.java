package io.faultline.server.control;

import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.set.SetJobId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Accepted submits and what of them is still owed to Kafka. */
public final class SubmissionStore {

  private static final RowMapper<AcceptedJob> JOB = (row, context) -> job(row);

  private final Jdbi jdbi;

  public SubmissionStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /**
   * Keeps a submission, unless its owner has used its key before: then the earlier one is the
   * answer. Of two that come at once one waits for the other.
   *
   * @return what is kept under the key, this submission or the earlier one
   */
  public Submission keep(Submission submission) {
    return jdbi.inTransaction(
        handle -> {
          int inserted =
              handle
                  .createUpdate(
                      """
                      insert into control.submissions
                        (id, owner, idempotency_key, body_sha256, queue, job_set, accepted_at)
                      values (:id, :owner, :key, :sha256, :queue, :jobSet, :at)
                      on conflict (owner, idempotency_key) do nothing
                      """)
                  .bind("id", submission.id())
                  .bind("owner", submission.owner())
                  .bind("key", submission.idempotencyKey())
                  .bind("sha256", submission.bodySha256())
                  .bind("queue", submission.queue())
                  .bind("jobSet", submission.jobSet())
                  .bind("at", submission.acceptedAt())
                  .execute();
          if (inserted == 0) {
            return find(handle, submission.owner(), submission.idempotencyKey()).orElseThrow();
          }
          insertJobs(handle, submission);
          SetRows.insert(handle, submission);
          return submission;
        });
  }

  /** What an owner submitted under a key. */
  public Optional<Submission> find(String owner, String idempotencyKey) {
    return jdbi.withHandle(handle -> find(handle, owner, idempotencyKey));
  }

  /** A submission by its id. */
  public Optional<Submission> find(UUID id) {
    return jdbi.withHandle(handle -> find(handle, "id = ?", id));
  }

  /** The submission that a job came with. */
  public Optional<Submission> ofJob(String jobId) {
    return jdbi.withHandle(
        handle ->
            find(
                handle,
                """
                id = coalesce(
                  (select submission_id from control.submitted_jobs where job_id = ?),
                  (select submission_id from control.submitted_sets where set_id = ?))""",
                jobId,
                SetJobId.of(jobId).map(SetJobId::setId).orElse("")));
  }

  /** An accepted job by its id. */
  public Optional<AcceptedJob> job(String jobId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from control.submitted_jobs where job_id = :id")
                .bind("id", jobId)
                .map(JOB)
                .findOne()
                .or(
                    () ->
                        SetJobId.of(jobId).flatMap(member -> SetRows.job(handle, member, jobId))));
  }

  /** Submissions accepted before a time that are not wholly on Kafka, oldest first. */
  public List<UUID> owed(Instant acceptedBefore, int limit) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select id from control.submissions
                    where produced_at is null and accepted_at < :before
                    order by accepted_at limit :limit
                    """)
                .bind("before", acceptedBefore)
                .bind("limit", limit)
                .mapTo(UUID.class)
                .list());
  }

  /** When the first job of a set was accepted; empty where none is known. */
  public Optional<Instant> firstOfSet(String queue, String jobSet) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select accepted_at from control.submissions
                    where queue = :queue and job_set = :jobSet order by accepted_at limit 1
                    """)
                .bind("queue", queue)
                .bind("jobSet", jobSet)
                .map((row, context) -> row.getTimestamp("accepted_at").toInstant())
                .findOne());
  }

  /**
   * Notes where specs stand on the topic.
   *
   * @param jobs those of jobs in no set
   * @param templates those of templates
   */
  public void noteSpecs(List<AcceptedJob> jobs, List<AcceptedJob> templates) {
    jdbi.useTransaction(
        handle -> {
          SpecColumns.note(handle, "submitted_jobs", jobs);
          SpecColumns.note(handle, "submitted_templates", templates);
        });
  }

  /** Notes that all of a submission is on Kafka. */
  public void noteProduced(UUID id, Instant at) {
    jdbi.useHandle(
        handle ->
            handle.execute("update control.submissions set produced_at = ? where id = ?", at, id));
  }

  /** Notes which accepted jobs, and which sets as a whole, the ingester's tables show. */
  public void noteShown() {
    jdbi.useHandle(
        handle -> {
          handle.execute(
              """
              update control.submitted_jobs s set shown = true
              where not shown
                and exists (select 1 from lookout.jobs j where j.job_id = s.job_id)
              """);
          handle.execute(
              """
              update control.submitted_sets s set shown = true
              where not shown
                and jobs <= (select count(*) from lookout.jobs j
                             where j.job_id > s.set_id and j.job_id <= s.last_id)
              """);
        });
  }

  /**
   * Forgets submissions that are on Kafka and were accepted before a time. One with a set that has
   * not ended stays, since what there is to see of a set is told by it.
   */
  public int forgetBefore(Instant time) {
    return jdbi.withHandle(
        handle ->
            handle.execute(
                """
                delete from control.submissions s
                where produced_at is not null and accepted_at < ?
                  and not exists (
                    select 1 from control.submitted_sets t
                    join lookout.jobs j on j.job_id > t.set_id and j.job_id <= t.last_id
                    where t.submission_id = s.id and j.ended_at is null)
                """,
                time));
  }

  private static Optional<Submission> find(Handle handle, String owner, String key) {
    return find(handle, "owner = ? and idempotency_key = ?", owner, key);
  }

  private static Optional<Submission> find(Handle handle, String where, Object... values) {
    var query = handle.createQuery("select * from control.submissions where " + where);
    for (int i = 0; i < values.length; i++) {
      query.bind(i, values[i]);
    }
    return query
        .map(
            (row, context) -> {
              UUID id = row.getObject("id", UUID.class);
              return new Submission(
                  id,
                  row.getString("owner"),
                  row.getString("idempotency_key"),
                  row.getString("body_sha256"),
                  row.getString("queue"),
                  row.getString("job_set"),
                  row.getTimestamp("accepted_at").toInstant(),
                  row.getTimestamp("produced_at") != null,
                  jobs(handle, id),
                  SetRows.of(handle, id));
            })
        .findOne();
  }

  private static List<AcceptedJob> jobs(Handle handle, UUID submission) {
    return handle
        .createQuery(
            "select * from control.submitted_jobs where submission_id = :id order by position")
        .bind("id", submission)
        .map(JOB)
        .list();
  }

  private static void insertJobs(Handle handle, Submission submission) {
    if (submission.jobs().isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into control.submitted_jobs
              (job_id, submission_id, position, queue, job_set, accepted_at, gang_id, owner,
               client_id, namespace, priority, fail_fast, labels, annotations, pod_spec)
            values (:jobId, :submission, :position, :queue, :jobSet, :at, :gangId, :owner,
                    :clientId, :namespace, :priority, :failFast, :labels, :annotations, :podSpec)
            """);
    int position = 0;
    for (AcceptedJob job : submission.jobs()) {
      JobSpec spec = job.spec();
      SpecColumns.bind(batch, spec)
          .bind("submission", submission.id())
          .bind("position", position++)
          .bind("queue", spec.job().queue())
          .bind("jobSet", spec.job().jobSet())
          .bind("at", submission.acceptedAt())
          .bind("gangId", spec.job().gangId())
          .bind("owner", spec.owner())
          .bind("failFast", job.failFast())
          .add();
    }
    batch.execute();
  }

  private static AcceptedJob job(ResultSet row) throws SQLException {
    JobIdentity identity =
        new JobIdentity(
            row.getString("job_id"),
            row.getString("queue"),
            row.getString("job_set"),
            row.getString("gang_id"));
    JobSpec spec =
        new JobSpec(
            identity,
            row.getString("owner"),
            row.getString("client_id"),
            row.getString("namespace"),
            row.getDouble("priority"),
            SpecColumns.texts(row.getString("labels")),
            SpecColumns.texts(row.getString("annotations")),
            row.getString("pod_spec"),
            row.getTimestamp("accepted_at").toInstant());
    return new AcceptedJob(spec, row.getBoolean("fail_fast"), SpecColumns.ref(row));
  }
}
