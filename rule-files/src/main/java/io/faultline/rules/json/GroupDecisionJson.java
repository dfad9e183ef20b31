package io.faultline.rules.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.domain.group.FailedMember;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupDecision;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupShape;
import io.faultline.domain.group.JobIndex;
import io.faultline.domain.group.JobRestarts;
import io.faultline.domain.group.ReplicatedJob;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A decision about a set as JSON: the answer of {@code decide --failure-policy}. */
public final class GroupDecisionJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private GroupDecisionJson() {}

  /** All fields are there; {@code rule} is null where none matched. */
  public static ObjectNode of(GroupDecision decision, GroupShape shape) {
    ObjectNode json = JSON.objectNode();
    json.put("outcome", decision.outcome().word());
    json.put("action", decision.action().word());
    json.put("rule", decision.ruleIndex());
    json.put("ruleName", decision.ruleName());
    json.put("matchedJob", decision.blamed().name());
    json.set("jobsToRestart", jobsToRestart(decision));
    json.put("countsTowardMax", decision.counts());
    json.put("reason", decision.reason());
    json.put("message", decision.message());
    json.set("collateral", names(decision.collateral()));
    json.set("status", status(decision.counters(), shape));
    ArrayNode trace = json.putArray("trace");
    decision.trace().forEach(step -> trace.add(DecisionJson.step(step)));
    return json;
  }

  /** The names of members, in their order. */
  public static ArrayNode names(List<FailedMember> failed) {
    ArrayNode names = JSON.arrayNode();
    failed.forEach(each -> names.add(each.name()));
    return names;
  }

  private static JsonNode jobsToRestart(GroupDecision decision) {
    if (decision.outcome() == GroupOutcome.RESTART_ALL) {
      return JSON.textNode("all");
    }
    ArrayNode jobs = JSON.arrayNode();
    if (decision.outcome() == GroupOutcome.RESTART_ONE) {
      GroupMember member = decision.blamed().member();
      jobs.addObject().put("replicatedJob", member.replicatedJob()).put("index", member.index());
    }
    return jobs;
  }

  /**
   * Counters in the form of a JobSet's status. A replicated job with more replicas than can start
   * again one by one has no list of them.
   */
  public static ObjectNode status(GroupCounters counters, GroupShape shape) {
    ObjectNode status = JSON.objectNode();
    status.put("restarts", counters.restarts());
    status.put("restartsCountTowardsMax", counters.counted());
    ArrayNode jobs = status.putArray("replicatedJobsStatus");
    for (ReplicatedJob job : shape.replicatedJobs()) {
      ObjectNode each = jobs.addObject().put("name", job.name());
      if (job.replicas() <= GroupShape.MOST_TO_RESTART_ALONE) {
        each.set("jobRestarts", numbers(counters, job, JobRestarts::restarts));
        each.set("jobRestartsCountTowardsMax", numbers(counters, job, JobRestarts::counted));
      }
    }
    return status;
  }

  private static ArrayNode numbers(
      GroupCounters counters, ReplicatedJob job, ToIntFunction<JobRestarts> number) {
    ArrayNode numbers = JSON.arrayNode();
    for (int i = 0; i < job.replicas(); i++) {
      @Nullable JobRestarts restarts = counters.jobs().get(new JobIndex(job.name(), i));
      numbers.add(restarts == null ? 0 : number.applyAsInt(restarts));
    }
    return numbers;
  }
}
