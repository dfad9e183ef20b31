package io.faultline.server.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.SpecRef;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Accepted submits and what of them is still owed to Kafka. */
public final class SubmissionStore {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
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
                "id = (select submission_id from control.submitted_jobs where job_id = ?)",
                jobId));
  }

  /** An accepted job by its id. */
  public Optional<AcceptedJob> job(String jobId) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select * from control.submitted_jobs where job_id = :id")
                .bind("id", jobId)
                .map(JOB)
                .findOne());
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

  /** Notes where specs stand on the topic. */
  public void noteSpecs(List<AcceptedJob> jobs) {
    jdbi.useTransaction(
        handle -> {
          PreparedBatch batch =
              handle.prepareBatch(
                  """
                  update control.submitted_jobs
                  set spec_partition = :partition, spec_offset = :offset, spec_sha256 = :sha256
                  where job_id = :jobId
                  """);
          for (AcceptedJob job : jobs) {
            batch
                .bind("partition", job.specRef().partition())
                .bind("offset", job.specRef().offset())
                .bind("sha256", job.specRef().sha256())
                .bind("jobId", job.spec().job().jobId())
                .add();
          }
          batch.execute();
        });
  }

  /** Notes that all of a submission is on Kafka. */
  public void noteProduced(UUID id, Instant at) {
    jdbi.useHandle(
        handle ->
            handle.execute("update control.submissions set produced_at = ? where id = ?", at, id));
  }

  /** Notes which accepted jobs the ingester's tables show; returns how many were new. */
  public int noteShown() {
    return jdbi.withHandle(
        handle ->
            handle.execute(
                """
                update control.submitted_jobs s set shown = true
                where not shown
                  and exists (select 1 from lookout.jobs j where j.job_id = s.job_id)
                """));
  }

  /** Forgets submissions that are on Kafka and were accepted before a time. */
  public int forgetBefore(Instant time) {
    return jdbi.withHandle(
        handle ->
            handle.execute(
                """
                delete from control.submissions
                where produced_at is not null and accepted_at < ?
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
                  jobs(handle, id));
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
      batch
          .bind("jobId", spec.job().jobId())
          .bind("submission", submission.id())
          .bind("position", position++)
          .bind("queue", spec.job().queue())
          .bind("jobSet", spec.job().jobSet())
          .bind("at", submission.acceptedAt())
          .bind("gangId", spec.job().gangId())
          .bind("owner", spec.owner())
          .bind("clientId", spec.clientId())
          .bind("namespace", spec.namespace())
          .bind("priority", spec.priority())
          .bind("failFast", job.failFast())
          .bind("labels", text(spec.labels()))
          .bind("annotations", text(spec.annotations()))
          .bind("podSpec", spec.podSpec())
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
            texts(row.getString("labels")),
            texts(row.getString("annotations")),
            row.getString("pod_spec"),
            row.getTimestamp("accepted_at").toInstant());
    String sha256 = row.getString("spec_sha256");
    SpecRef ref =
        sha256 == null
            ? null
            : new SpecRef(row.getInt("spec_partition"), row.getLong("spec_offset"), sha256);
    return new AcceptedJob(spec, row.getBoolean("fail_fast"), ref);
  }

  private static String text(Map<String, String> texts) {
    try {
      return JSON.writeValueAsString(texts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts is always JSON", e);
    }
  }

  private static Map<String, String> texts(String json) {
    try {
      return JSON.readValue(json, TEXTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not what this store wrote: " + json, e);
    }
  }
}
