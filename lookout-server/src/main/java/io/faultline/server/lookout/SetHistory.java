package io.faultline.server.lookout;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.set.SetIds;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The generations of a set, what was decided about each, and what restarts cost. */
public final class SetHistory {

  private static final List<String> ENDS_GENERATION =
      Stream.of(GroupOutcome.values())
          .filter(GroupOutcome::endsGeneration)
          .map(GroupOutcome::word)
          .toList();

  private static final String DECISIONS =
      """
      select at, job_id, run_id, policy, rule_index, rule_name, message, generation, set_decision
      from lookout.decisions where set_id = :set order by at, generation, job_id limit 10000
      """;

  /** A run is of the generation that follows the restarts which were decided before it began. */
  private static final String GENERATIONS =
      """
      select r.generation, count(*) runs, min(r.began) began, max(r.ended_at) ended
      from (select began, ended_at,
              (select count(*) from lookout.decisions d
               where d.set_id = :set and d.set_decision ->> 'outcome' = 'restartAll'
                 and d.at <= began) generation
            from (select coalesce(leased_at, pending_at, running_at, ended_at) began, ended_at
                  from lookout.runs
                  where job_id > :set and job_id <= :last) b
            where began is not null) r
      group by r.generation
      """;

  private final Jdbi jdbi;

  public SetHistory(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  private record Decision(int generation, String outcome, ObjectNode json) {}

  private record Generation(int number, long runs, Instant began, @Nullable Instant ended) {}

  /**
   * Adds to a set what it has been through.
   *
   * @param set as {@link SetQueries#find} gave it
   */
  public void addTo(ObjectNode set) {
    String setId = set.get("setId").asText();
    String lastId = SetIds.job(setId, set.get("jobs").asInt() - 1);
    jdbi.useHandle(
        handle -> {
          List<Decision> decisions =
              handle
                  .createQuery(DECISIONS)
                  .bind("set", setId)
                  .map((row, context) -> decision(row))
                  .list();
          NavigableMap<Integer, Generation> begun = generations(handle, setId, lastId);
          set.set("generations", generations(begun, decisions, hasEnded(set)));
          ArrayNode alone = set.putArray("decisionsOfJobs");
          decisions.stream()
              .filter(decision -> !ENDS_GENERATION.contains(decision.outcome()))
              .forEach(decision -> alone.add(decision.json()));
          set.set("lost", SetLosses.of(handle, setId, lastId).json(wallClock(begun)));
        });
  }

  private static NavigableMap<Integer, Generation> generations(
      Handle handle, String setId, String lastId) {
    return handle
        .createQuery(GENERATIONS)
        .bind("set", setId)
        .bind("last", lastId)
        .map(
            (row, context) ->
                new Generation(
                    row.getInt("generation"),
                    row.getLong("runs"),
                    RowJson.instant(row, "began"),
                    RowJson.instant(row, "ended")))
        .stream()
        .collect(
            Collectors.toMap(Generation::number, Function.identity(), (a, b) -> a, TreeMap::new));
  }

  private static boolean hasEnded(ObjectNode set) {
    return JobFilter.ENDS.contains(set.get("state").asText().toLowerCase(Locale.ROOT));
  }

  /** All that have begun, and those that something was decided about. */
  private static ArrayNode generations(
      NavigableMap<Integer, Generation> begun, List<Decision> decisions, boolean setHasEnded) {
    Map<Integer, ObjectNode> all = new TreeMap<>();
    for (Generation generation : begun.values()) {
      boolean over = setHasEnded || generation.number() < begun.lastKey();
      ObjectNode json = numbered(all, generation.number());
      json.put("began", generation.began().toString());
      if (over && generation.ended() != null) {
        json.put("ended", generation.ended().toString());
      }
      json.put("runs", generation.runs());
    }
    for (Decision decision : decisions) {
      if (ENDS_GENERATION.contains(decision.outcome())) {
        numbered(all, decision.generation()).set("decision", decision.json());
      }
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    all.values().forEach(array::add);
    return array;
  }

  private static ObjectNode numbered(Map<Integer, ObjectNode> all, int number) {
    return all.computeIfAbsent(
        number, n -> JsonNodeFactory.instance.objectNode().put("number", number));
  }

  /** From the beginning of each generation to that of the next, all together, in seconds. */
  private static BigDecimal wallClock(NavigableMap<Integer, Generation> begun) {
    if (begun.isEmpty()) {
      return BigDecimal.ZERO;
    }
    Duration all =
        Duration.between(
            begun.firstEntry().getValue().began(), begun.lastEntry().getValue().began());
    return BigDecimal.valueOf(Math.max(all.toMillis(), 0), 3);
  }

  private static Decision decision(ResultSet row) throws SQLException {
    ObjectNode json =
        new RowJson(row)
            .time("at", "at")
            .text("policy", "policy")
            .text("message", "message")
            .rule()
            .json();
    json.put("jobId", row.getString("job_id")).put("runId", row.getString("run_id"));
    ObjectNode about = (ObjectNode) RowJson.parse(row.getString("set_decision"));
    json.setAll(about);
    return new Decision(row.getInt("generation"), about.path("outcome").asText(), json);
  }
}
