package io.faultline.server.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.workload.SetPlace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The columns of a spec, which a job and a template have alike. */
final class SpecColumns {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private SpecColumns() {}

  static PreparedBatch bind(PreparedBatch batch, JobSpec spec) {
    return batch
        .bind("jobId", spec.job().jobId())
        .bind("clientId", spec.clientId())
        .bind("namespace", spec.namespace())
        .bind("priority", spec.priority())
        .bind("labels", text(spec.labels()))
        .bind("annotations", text(spec.annotations()))
        .bind("podSpec", spec.podSpec());
  }

  /** Where the spec stands on the topic; null where Kafka has not acknowledged it. */
  static @Nullable SpecRef ref(ResultSet row) throws SQLException {
    String sha256 = row.getString("spec_sha256");
    return sha256 == null
        ? null
        : new SpecRef(row.getInt("spec_partition"), row.getLong("spec_offset"), sha256);
  }

  /** Notes in a table where the specs of these jobs stand. */
  static void note(Handle handle, String table, List<AcceptedJob> jobs) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            update control.%s
            set spec_partition = :partition, spec_offset = :offset, spec_sha256 = :sha256
            where job_id = :jobId
            """
                .formatted(table));
    for (AcceptedJob job : jobs) {
      batch
          .bind("partition", job.specRef().partition())
          .bind("offset", job.specRef().offset())
          .bind("sha256", job.specRef().sha256())
          .bind("jobId", job.spec().job().jobId())
          .add();
    }
    if (!jobs.isEmpty()) {
      batch.execute();
    }
  }

  static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }

  static Map<String, String> texts(String json) {
    try {
      return JSON.readValue(json, TEXTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not what this store wrote: " + json, e);
    }
  }

  static @Nullable SetPlace place(@Nullable String json) {
    try {
      return json == null ? null : JSON.readValue(json, SetPlace.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not what this store wrote: " + json, e);
    }
  }
}
