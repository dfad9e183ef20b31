package io.faultline.benchmarks.pipeline;

import static io.faultline.benchmarks.Progress.say;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.app.App;
import io.faultline.benchmarks.Percentiles;
import io.faultline.benchmarks.Spread;
import io.faultline.benchmarks.Workload;
import io.faultline.domain.group.GroupAction;
import io.faultline.domain.group.GroupOutcome;
import io.faultline.domain.group.GroupShape;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * How soon a set is decided of which all members fail within a second, beside a set of one member;
 * and how large what the decider keeps is when all members of a large set have failed.
 */
@Command(
    name = "sets",
    mixinStandardHelpOptions = true,
    description = "Sets of which all members fail: from the first failure to the decision.")
public final class SetsBenchmark implements Callable<Integer> {

  private static final String WINDOW = "sets.settleWindow";

  @Option(
      names = "--members",
      paramLabel = "N",
      description = "members of the set (default: ${DEFAULT-VALUE})")
  private int members = 1_000;

  @Option(
      names = "--action",
      paramLabel = "NAME",
      description =
          "what the failure policy does: RESTART_JOB_SET once, or RESTART_JOB, which decides about"
              + " each member by itself (default: ${DEFAULT-VALUE})")
  private GroupAction action = GroupAction.RESTART_JOB_SET;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "generations that are timed; 0: leave it out (default: ${DEFAULT-VALUE})")
  private int rounds = 100;

  @Option(
      names = "--warm-up-rounds",
      paramLabel = "N",
      description = "generations before them that are not (default: ${DEFAULT-VALUE})")
  private int warmUpRounds = 15;

  @Option(
      names = "--spread",
      paramLabel = "MS",
      description = "all members fail within so long (default: ${DEFAULT-VALUE})")
  private int spread = 1_000;

  @Option(
      names = "--window",
      paramLabel = "MS",
      description = "for which failures are gathered (default: ${DEFAULT-VALUE})")
  private int window = 2_000;

  @Option(
      names = "--large",
      paramLabel = "N",
      description =
          "members of the set whose state is measured; 0: leave it out (default: ${DEFAULT-VALUE})")
  private int large = 10_000;

  @Option(
      names = "--large-window",
      paramLabel = "MS",
      description =
          "for which its failures are gathered, so that they are all in (default:"
              + " ${DEFAULT-VALUE})")
  private int largeWindow = 30_000;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check();
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("benchmark", "sets");
    json.put("action", action.word());
    json.put("spreadMs", spread);
    if (rounds > 0) {
      json.set("decision", decision());
    }
    if (large > 0) {
      json.set("state", state());
    }
    System.out.println(json.toPrettyString());
    return 0;
  }

  private void check() {
    if (!action.restarts()) {
      throw new ParameterException(
          spec.commandLine(), "--action " + action + ": one that restarts is expected");
    }
    int most = 2 * GroupShape.MOST_TO_RESTART_ALONE;
    if (action.outcome() == GroupOutcome.RESTART_ONE && Math.max(members, large) > most) {
      throw new ParameterException(
          spec.commandLine(),
          "--members, --large: members of two replicated jobs that restart alone are at most "
              + most);
    }
  }

  private ObjectNode decision() throws IOException, InterruptedException {
    try (Streams streams = new Streams()) {
      start(streams, window);
      Traffic traffic = streams.traffic();
      SetDecisions decisions = streams.setDecisions();
      FailingSet one = new FailingSet(traffic, decisions, 1, 1, action);
      FailingSet all = new FailingSet(traffic, decisions, 2, members, action);
      one.submit();
      all.submit();
      List<FailingSet.Round> ofOne = new ArrayList<>();
      List<FailingSet.Round> ofAll = new ArrayList<>();
      for (int round = 1 - warmUpRounds; round <= rounds; round++) {
        FailingSet.Round alone = one.fail(Duration.ZERO);
        FailingSet.Round together = all.fail(Duration.ofMillis(spread));
        say(
            "%s: beyond the window %,.0f ms with one member, %,.0f ms with %,d of %,d; the decider's"
                + " processor time %,.0f ms",
            round > 0 ? "round " + round + " of " + rounds : "a round to warm up",
            alone.millis() - window,
            together.millis() - window,
            together.failed(),
            members,
            together.deciderMillis());
        if (round > 0) {
          ofOne.add(alone);
          ofAll.add(together);
        }
      }
      ObjectNode json = new JsonMapper().createObjectNode();
      json.put("windowMs", window);
      json.put("members", members);
      json.set("beyondWindow", beyond(ofAll));
      json.set("failed", of(ofAll.stream().map(round -> (double) round.failed()).toList()));
      json.set("deciderMs", of(ofAll.stream().map(FailingSet.Round::deciderMillis).toList()));
      json.set("beyondWindowOfOneMember", beyond(ofOne));
      return json;
    }
  }

  private ObjectNode beyond(List<FailingSet.Round> all) {
    return new Percentiles(all.stream().mapToDouble(round -> round.millis() - window).toArray())
        .json();
  }

  private static ObjectNode of(List<Double> values) {
    return new Spread(values).json();
  }

  /**
   * In the large set's first generation the decider is stopped when all failures are in, and again
   * when all run once more, so that its stores are complete on disk; the second one is timed.
   */
  private ObjectNode state() throws IOException, InterruptedException {
    try (Streams streams = new Streams()) {
      App decider = start(streams, largeWindow);
      FailingSet set = new FailingSet(streams.traffic(), streams.setDecisions(), 3, large, action);
      set.submit();
      ObjectNode json = new JsonMapper().createObjectNode();
      json.put("windowMs", largeWindow);
      json.put("members", large);
      try (Changelogs changelogs = new Changelogs(streams.bootstrapServers())) {
        say("%,d members fail, and the decider is stopped", large);
        set.send(Duration.ofMillis(spread)).join();
        while (changelogs.failures() < large) {
          set.gather();
          changelogs.read();
        }
        json.set("gathered", sizeOf(streams, decider, changelogs));
        decider = startDecider(streams, largeWindow);
        set.decisions();
        set.awaitRunning();
        json.set("runningAgain", sizeOf(streams, decider, changelogs));
      }
      startDecider(streams, largeWindow);
      say("%,d fail again", large);
      FailingSet.Round round = set.fail(Duration.ofMillis(spread));
      json.put("failed", round.failed());
      json.put("beyondWindowMs", Math.round(round.millis() - largeWindow));
      json.put("deciderMs", Math.round(round.deciderMillis()));
      return json;
    }
  }

  private static ObjectNode sizeOf(Streams streams, App decider, Changelogs changelogs)
      throws IOException {
    streams.stop(decider);
    return StateSize.of(streams.deciderFolder(), changelogs).json();
  }

  private static App startDecider(Streams streams, int window) throws InterruptedException {
    return streams.startDecider(Map.of(WINDOW, window + "ms"));
  }

  private static App start(Streams streams, int window) throws InterruptedException {
    streams.put(Workload.resources());
    App decider = startDecider(streams, window);
    streams.startClassifier();
    return decider;
  }
}
