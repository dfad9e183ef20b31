package io.faultline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedPostgres;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.pipeline.Killer.Victim;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.TopicAdmin;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Classifier, decider and ingester as processes of their own are killed with kill -9 again and
 * again, some of the times inside a commit, while failures stream through them; what comes of it
 * equals what a plain model says.
 *
 * <p>System properties: {@code crash.errors} (4000), {@code crash.kills} (8, at least), {@code
 * crash.seed} (1).
 */
class CrashIT {

  private static final int PARTITIONS = 2;
  private static final Duration SETTLES_WITHIN = Duration.ofMinutes(5);

  private final Instant start = Instant.now();
  private final int errors = Integer.getInteger("crash.errors", 4_000);
  private final int leastKills = Integer.getInteger("crash.kills", 8);
  private final long seed = Long.getLong("crash.seed", 1);

  @TempDir private Path folder;

  @Test
  void whateverIsKilledNothingIsLostAndNothingCountsTwice() throws Exception {
    Plan plan = new Plan(seed, errors);
    Map<String, Model> must = new HashMap<>();
    plan.jobs.forEach(job -> must.put(job.id(), new Model(job)));
    plan.foreign.forEach(job -> must.put(job.id(), new Model(job)));
    int reports = must.values().stream().mapToInt(m -> m.reports).sum();
    int repeats = must.values().stream().mapToInt(m -> m.repeats).sum();
    say("%d jobs and %d of others, seed %d".formatted(plan.jobs.size(), plan.foreign.size(), seed));

    try (EmbeddedKafka kafka = EmbeddedKafka.temporary();
        EmbeddedRegistry registry = EmbeddedRegistry.temporary();
        EmbeddedPostgres postgres = EmbeddedPostgres.temporary();
        SchemaRegistry client =
            SchemaRegistries.open(Map.of("schema.registry.url", registry.url()));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicAdmin.ensure(admin, PARTITIONS);
      Values values = new Values(client);
      Actual is = new Actual(kafka.bootstrapServers(), postgres.jdbcUrl(), values);
      try (Service classifier =
              service("classifier", "classifier.Main", 256, kafka, registry, Map.of());
          Service decider =
              service(
                  "decider",
                  "decider.Main",
                  256,
                  kafka,
                  registry,
                  Map.of(
                      "retryPolicy.enabled",
                      "true",
                      "retryPolicy.globalMaxRetries",
                      Integer.toString(Model.GLOBAL_MAX_RETRIES),
                      "maxAttemptedRuns",
                      Integer.toString(Model.MAX_ATTEMPTED_RUNS)));
          Service ingester =
              service(
                  "ingester",
                  "ingester.Main",
                  384,
                  kafka,
                  registry,
                  Map.of("postgres.url", postgres.jdbcUrl()));
          Feed feed = new Feed(plan, kafka.bootstrapServers(), values)) {
        List<Service> services = List.of(classifier, decider, ingester);
        services.forEach(Service::start);
        int kills = feedAndKill(feed, plan, victims(services, admin, postgres));
        assertThat(feed.errorsSent()).isEqualTo(reports);
        settle(is, must, reports);
        int differences = compare(is, must);
        say(
            "errors %d, of them repeats %d, kills %d, inside a commit %d, differences: %d"
                .formatted(reports, repeats, kills, insideCommit, differences));
      }
    }
  }

  private int insideCommit;

  private int feedAndKill(Feed feed, Plan plan, List<Victim> victims) throws Exception {
    Killer killer = new Killer(victims, seed, feed::errorsSent, errors / (leastKills + 4));
    ScheduledExecutorService progress = Executors.newSingleThreadScheduledExecutor();
    var unused =
        progress.scheduleAtFixedRate(() -> say(feed, plan, killer), 10, 10, TimeUnit.SECONDS);
    killer.start();
    try {
      feed.run();
      killer.finish();
    } finally {
      progress.shutdownNow();
    }
    insideCommit = killer.insideCommit();
    assertThat(killer.kills()).isGreaterThanOrEqualTo(leastKills);
    assertThat(insideCommit).isPositive();
    return killer.kills();
  }

  private static List<Victim> victims(
      List<Service> services, Admin admin, EmbeddedPostgres postgres) {
    return List.of(
        new Victim(services.get(0), CommitProbe.ofTopology(admin, "faultline-classifier-stream-")),
        new Victim(services.get(1), CommitProbe.ofTopology(admin, "faultline-retry-decider-")),
        new Victim(services.get(2), CommitProbe.ofWriter(postgres.jdbcUrl())));
  }

  private void say(Feed feed, Plan plan, Killer killer) {
    say(
        "%d errors sent, %d of %d jobs over, %d kills (%d inside a commit)"
            .formatted(
                feed.errorsSent(),
                feed.jobsOver(),
                plan.jobs.size(),
                killer.kills(),
                killer.insideCommit()));
  }

  /**
   * Until everything that must come has come, or has had its time: then it is told what is missing.
   */
  private static void settle(Actual is, Map<String, Model> must, int reports) {
    int decisions = must.values().stream().mapToInt(m -> m.decisions.size()).sum();
    int failures = must.values().stream().mapToInt(m -> m.failureRows.size()).sum();
    try {
      await()
          .atMost(SETTLES_WITHIN)
          .pollInterval(Duration.ofSeconds(1))
          .until(
              () ->
                  is.countRows("failures") >= failures
                      && is.countRows("decisions") >= decisions
                      && is.unfinishedJobs() == 0
                      && is.count(Topics.CLASSIFIED_ERRORS) >= reports
                      && is.count(Topics.DECISIONS) >= decisions);
    } catch (ConditionTimeoutException late) {
      // the comparison that follows names what has not come
    }
  }

  private static int compare(Actual is, Map<String, Model> must) throws SQLException {
    Differences differences = new Differences();
    differences.compare("events", of(must, m -> m.events), is.events());
    differences.compare("run requests", of(must, m -> m.requests), is.requests());
    differences.compare("classified errors", of(must, m -> m.classified), is.classified());
    differences.compare("decisions", of(must, m -> m.decisions), is.decisions());
    differences.compare("executor commands", of(must, m -> m.stops), is.stops());
    differences.compare("job rows", of(must, m -> m.jobRows), is.jobRows());
    differences.compare("run rows", of(must, m -> m.runRows), is.runRows());
    differences.compare("decision rows", of(must, m -> m.decisions), is.decisionRows());
    differences.compare(
        "failure rows", sorted(of(must, m -> m.failureRows)), sorted(is.failureRows()));
    assertThat(differences.count()).as("%s", differences).isZero();
    assertThat(is.count(Topics.DEAD_LETTERS)).isZero();
    return differences.count();
  }

  private static Map<String, List<String>> of(
      Map<String, Model> must, Function<Model, List<String>> what) {
    Map<String, List<String>> lines = new HashMap<>();
    must.forEach(
        (job, model) -> {
          if (!what.apply(model).isEmpty()) {
            lines.put(job, what.apply(model));
          }
        });
    return lines;
  }

  private static Map<String, List<String>> sorted(Map<String, List<String>> lines) {
    Map<String, List<String>> sorted = new HashMap<>();
    lines.forEach((job, of) -> sorted.put(job, new ArrayList<>(of.stream().sorted().toList())));
    return sorted;
  }

  private Service service(
      String name,
      String main,
      int heapMib,
      EmbeddedKafka kafka,
      EmbeddedRegistry registry,
      Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.put("schema.registry.url", registry.url());
    settings.put("instance.id", "one");
    settings.put("state.dir", folder.resolve(name).toString());
    settings.put("http.token", "secret");
    return new Service(name, "io.faultline." + main, heapMib, settings);
  }

  private void say(String what) {
    Duration since = Duration.between(start, Instant.now());
    System.out.printf("crash test, %3d s: %s%n", since.toSeconds(), what);
  }
}
