package io.faultline.server.lookout;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jdbi.v3.core.Handle;

/** What restarts cost a set: runs that had to be done again. */
final class SetLosses {

  private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);
  private static final int DECIMALS = 3;

  /**
   * Runs that another run of their job followed, by template, with how long they ran; what never
   * came to run has lost nothing.
   */
  private static final String LOST =
      """
      select t.pod_spec, count(*) runs,
        sum(greatest(extract(epoch from r.ended - r.running_at), 0))::numeric seconds
      from control.submitted_templates t
      join (select job_id, running_at, coalesce(ended_at, failure_at) ended,
              lead(run_id) over (partition by job_id order by run_index, run_id) followed_by
            from lookout.runs
            where job_id > :set and job_id <= :last) r
        on r.job_id >= t.job_id and r.job_id <= t.last_id
      where t.set_id = :set and r.followed_by is not null
        and r.running_at is not null and r.ended is not null
      group by t.job_id, t.pod_spec
      """;

  private int runs;
  private BigDecimal seconds = BigDecimal.ZERO;
  private BigDecimal cpu = BigDecimal.ZERO;
  private BigDecimal memory = BigDecimal.ZERO;

  private SetLosses() {}

  /**
   * Reckons.
   *
   * @param lastId of the set's jobs
   */
  static SetLosses of(Handle handle, String setId, String lastId) {
    SetLosses losses = new SetLosses();
    handle
        .createQuery(LOST)
        .bind("set", setId)
        .bind("last", lastId)
        .map(
            (row, context) -> {
              losses.add(
                  row.getInt("runs"),
                  row.getBigDecimal("seconds"),
                  PodRequests.of(RowJson.parse(row.getString("pod_spec"))));
              return losses;
            })
        .list();
    return losses;
  }

  private void add(int moreRuns, BigDecimal moreSeconds, PodRequests requests) {
    runs += moreRuns;
    seconds = seconds.add(moreSeconds);
    cpu = cpu.add(moreSeconds.multiply(requests.cpu()));
    memory = memory.add(moreSeconds.multiply(requests.memory()));
  }

  /**
   * As JSON.
   *
   * @param wallClock between the beginnings of generations, in seconds
   */
  ObjectNode json(BigDecimal wallClock) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("runs", runs)
        .put("seconds", rounded(seconds))
        .put("wallClockSeconds", rounded(wallClock))
        .put("cpuCoreSeconds", rounded(cpu))
        .put("memoryGiBSeconds", rounded(memory.divide(GIB, MathContext.DECIMAL64)));
  }

  private static BigDecimal rounded(BigDecimal value) {
    BigDecimal rounded = value.setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
