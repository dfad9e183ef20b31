package io.faultline.server.lookout;

import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericType;

/** Who submitted jobs: as it was accepted here, else as the ingester's tables have it. */
public final class OwnerQueries {

  private static final int SECONDS = 5;

  private final Jdbi jdbi;

  public OwnerQueries(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  /** The owners of jobs by id; those that no table has are left out. */
  public Map<String, String> of(Set<String> jobIds) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select job_id, owner from control.submitted_jobs where job_id = any(:ids)
                    union
                    select i.job_id, s.owner from unnest(:ids) i(job_id)
                    join control.submitted_sets s on s.set_id = left(i.job_id, 30) || '000000'
                      and s.set_id < i.job_id collate "C" and i.job_id collate "C" <= s.last_id
                    union
                    select job_id, owner from lookout.jobs
                    where job_id = any(:ids) and owner is not null
                    """)
                .setQueryTimeout(SECONDS)
                .bind("ids", jobIds.toArray(String[]::new))
                .setMapKeyColumn("job_id")
                .setMapValueColumn("owner")
                .collectInto(new GenericType<Map<String, String>>() {}));
  }
}
