package io.faultline.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.domain.classify.Classification;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureInfo;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.classify.PodAction;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.SpecRef;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.embedded.EmbeddedKafka;
import io.faultline.embedded.EmbeddedRegistry;
import io.faultline.pipeline.Killer.Victim;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.Topic;
import io.faultline.schemas.TopicAdmin;
import io.faultline.schemas.Topics;
import io.faultline.schemas.registry.SchemaRegistries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The decider is killed with kill -9 again and again, some of the times inside a commit, while
 * thousands of retries wait for their time: every retry is asked for once, and none early.
 *
 * <p>System properties: {@code timers.jobs} (10000), {@code timers.kills} (6, at least), {@code
 * timers.seed} (1).
 */
class TimersKilledIT {

  private static final Duration WITHIN = Duration.ofMinutes(3);
  private static final List<Resource> RESOURCES =
      List.of(
          resource(
              ResourceKind.RETRY_POLICY,
              "waiting",
              1,
              """
              apiVersion: faultline.io/v1
              kind: RetryPolicy
              name: waiting
              retryLimit: 1
              defaultAction: Retry
              backoff: {initial: 20s, jitter: 0.5}
              """),
          resource(
              ResourceKind.QUEUE,
              "waiting",
              2,
              "apiVersion: faultline.io/v1\nkind: Queue\nname: waiting\nretryPolicy: waiting"));

  private final int jobs = Integer.getInteger("timers.jobs", 10_000);
  private final int leastKills = Integer.getInteger("timers.kills", 6);
  private final long seed = Long.getLong("timers.seed", 1);

  @TempDir private Path folder;

  @Test
  void everyRetryIsAskedForOnceAndNoneEarly() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.temporary();
        EmbeddedRegistry registry = EmbeddedRegistry.temporary();
        SchemaRegistry client =
            SchemaRegistries.open(Map.of("schema.registry.url", registry.url()));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicAdmin.ensure(admin, 2);
      Values values = new Values(client);
      try (Service decider = decider(kafka, registry);
          RetriesSeen seen = new RetriesSeen(kafka.bootstrapServers(), values);
          Sender sender = new Sender(kafka.bootstrapServers(), values)) {
        decider.start();
        RESOURCES.forEach(each -> send(sender, Topics.RESOURCES, each.key(), each));
        List<JobIdentity> all = IntStream.range(0, jobs).mapToObj(TimersKilledIT::job).toList();
        all.forEach(job -> send(sender, Topics.JOB_COMMANDS, job.jobId(), submit(job)));
        await().atMost(WITHIN).until(() -> seen.firstRuns() == jobs);

        Victim victim =
            new Victim(decider, CommitProbe.ofTopology(admin, "faultline-retry-decider-"));
        int every = 2 * jobs / (leastKills + 3);
        Killer killer =
            new Killer(List.of(victim), seed, () -> seen.waiting() + seen.retries(), every);
        killer.start();
        all.forEach(job -> send(sender, Topics.CLASSIFIED_ERRORS, job.jobId(), failed(job)));
        await().atMost(WITHIN).until(() -> seen.waiting() == jobs);
        await().atMost(WITHIN).until(() -> seen.retries() >= jobs);
        killer.finish();

        // what a life that ended in the middle might yet repeat comes before what is sent now
        List<JobIdentity> after =
            IntStream.range(jobs, jobs + 100).mapToObj(TimersKilledIT::job).toList();
        after.forEach(job -> send(sender, Topics.JOB_COMMANDS, job.jobId(), submit(job)));
        await().atMost(WITHIN).until(() -> seen.firstRuns() == jobs + after.size());

        System.out.printf(
            "timers test: %d retries, %d kills (%d inside a commit), latest %d ms after its time%n",
            seen.retries(), killer.kills(), killer.insideCommit(), seen.latest().toMillis());
        assertThat(killer.kills()).isGreaterThanOrEqualTo(leastKills);
        assertThat(killer.insideCommit()).isPositive();
        assertThat(seen.early()).isEmpty();
        assertThat(seen.retries()).isEqualTo(jobs);
        assertThat(seen.repeated()).isEmpty();
      }
    }
  }

  private Service decider(EmbeddedKafka kafka, EmbeddedRegistry registry) {
    Map<String, String> settings = new HashMap<>();
    settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    settings.put("schema.registry.url", registry.url());
    settings.put("instance.id", "one");
    settings.put("state.dir", folder.resolve("decider").toString());
    settings.put("http.token", "secret");
    settings.put("retryPolicy.enabled", "true");
    return new Service("timers-decider", "io.faultline.decider.Main", 256, settings);
  }

  private static JobIdentity job(int number) {
    return new JobIdentity("waits-" + number, "waiting", "timers", null);
  }

  private static JobCommand submit(JobIdentity job) {
    return new JobCommand.Submit(job, Messages.AT, "test", new SpecRef(0, 0, ""), false);
  }

  private static ClassifiedError failed(JobIdentity job) {
    return new ClassifiedError(
        Messages.error(job, 0, "0", Plan.End.UNKNOWN_ERROR, true),
        new Classification(
            new FailureInfo(1, "", "main", "", "", List.of(), ""),
            PodAction.RETAIN,
            "it failed",
            null,
            false),
        "default",
        1,
        true,
        new FailureCounts(1, 1),
        FailureRates.UNKNOWN);
  }

  private static Resource resource(ResourceKind kind, String name, long revision, String body) {
    return new Resource(kind, name, revision, false, body, Instant.EPOCH, "test");
  }

  private static <V> void send(Sender sender, Topic<V> topic, String key, V value) {
    var unused = sender.send(topic, key, value);
  }
}
