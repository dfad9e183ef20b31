package io.faultline.benchmarks.subscribers;

import static io.faultline.benchmarks.Progress.say;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.benchmarks.Broker;
import io.faultline.benchmarks.CommittedReader;
import io.faultline.benchmarks.Percentiles;
import io.faultline.benchmarks.WorkFolder;
import io.faultline.embedded.EmbeddedPostgres;
import io.faultline.ingester.sink.postgres.PostgresAddress;
import io.faultline.ingester.sink.postgres.PostgresSink;
import java.io.IOException;
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
 * Subscribers by server-sent events, each with a filter, five for each event: what processor time
 * the server takes, and how long from an event that can be read on the topic to each of them.
 */
@Command(
    name = "subscribers",
    mixinStandardHelpOptions = true,
    description = "Server-sent events to many subscribers with filters: processor time, latency.")
public final class SubscribersBenchmark implements Callable<Integer> {

  private static final String TOKEN = "a-token-for-benchmarks";

  /** What the five subscribers of each group ask for; the group and its category go in. */
  private static final List<String> FILTERS =
      List.of(
          "queue=q-%1$d",
          "jobSet=s-%1$d&terminal=true",
          "queue=q-%1$d&category=c-%2$d",
          "queue=q-%1$d&type=failed",
          "queue=q-%1$d&jobSet=s-%1$d");

  private static final long PATIENCE_NANOS = 60_000_000_000L;

  @Spec private CommandSpec spec;

  @Option(
      names = "--subscribers",
      paramLabel = "N",
      description = "a multiple of five (default: ${DEFAULT-VALUE})")
  private int subscribers = 1_000;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "events a second (default: ${DEFAULT-VALUE})")
  private int rate = 1_000;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "how long is measured (default: ${DEFAULT-VALUE})")
  private int seconds = 30;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      description = "seconds before that, at the same rate (default: ${DEFAULT-VALUE})")
  private int warmUp = 15;

  @Option(
      names = "--heap",
      paramLabel = "MIB",
      description = "the most that the server's heap may take (default: ${DEFAULT-VALUE})")
  private int heap = 256;

  private Deliveries deliveries;

  @Override
  public Integer call() throws Exception {
    if (subscribers < 5 || subscribers % 5 != 0 || rate < 1 || seconds < 1 || warmUp < 0) {
      throw new ParameterException(spec.commandLine(), "nothing can be measured so");
    }
    int first = warmUp * rate;
    int events = first + seconds * rate;
    int groups = subscribers / FILTERS.size();
    deliveries = new Deliveries(events, FILTERS.size());
    ObjectNode json = new JsonMapper().createObjectNode();
    json.put("benchmark", "subscribers");
    json.put("subscribers", subscribers);
    try (WorkFolder folder = WorkFolder.make();
        EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.path().resolve("postgres"));
        Broker broker = new Broker();
        Feed feed = new Feed(broker.bootstrapServers(), broker.codecs(), groups);
        ServerProcess server =
            new ServerProcess(folder.path(), heap, settings(folder, postgres, broker));
        Subscribers all =
            new Subscribers(server.port(), TOKEN, queries(groups), deliveries::arrived)) {
      Thread reader = new Thread(() -> read(broker.bootstrapServers(), events), "reader");
      reader.setDaemon(true);
      reader.start();
      say("%d subscribers listen", subscribers);
      feed.write(0, first, rate, deliveries.committing);
      awaitAll(first, server, all);
      say("warm");
      double cpu = server.cpuSeconds();
      long begin = System.nanoTime();
      feed.write(first, events, rate, deliveries.committing);
      awaitAll(events, server, all);
      double took = (System.nanoTime() - begin) / 1e9;
      reader.join();
      json.put("eventsPerSecond", Math.round((events - first) / took));
      json.put("deliveriesPerSecond", Math.round(deliveries.since(first) / took));
      json.put("serverCores", Math.round((server.cpuSeconds() - cpu) / took * 1e3) / 1e3);
      json.set("readableToArrival", new Percentiles(deliveries.afterReadable(first)).json());
      json.set("commitToArrival", new Percentiles(deliveries.afterCommit(first)).json());
      json.put("serverRssMib", server.status("VmRSS") >> 10);
      json.put("serverThreads", server.status("Threads"));
    }
    System.out.println(json.toPrettyString());
    return 0;
  }

  private static Map<String, String> settings(
      WorkFolder folder, EmbeddedPostgres postgres, Broker broker) throws Exception {
    String url = postgres.newDatabase();
    try (PostgresSink sink = new PostgresSink(new PostgresAddress(url, "", ""))) {
      sink.prepare();
    }
    Map<String, String> settings = broker.settings(folder.path());
    settings.keySet().remove("state.dir");
    settings.put("postgres.url", url);
    settings.put("server.bootstrapToken", TOKEN);
    return settings;
  }

  private static List<String> queries(int groups) {
    List<String> queries = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      for (String filter : FILTERS) {
        queries.add(filter.formatted(group, group % Feed.CATEGORIES));
      }
    }
    return queries;
  }

  /** Notes when each event can first be read with read_committed. */
  private void read(String bootstrapServers, int events) {
    int[] seen = new int[1];
    try (CommittedReader reader = new CommittedReader(bootstrapServers, Feed.TOPIC)) {
      while (seen[0] < events) {
        reader.poll(
            record -> {
              String id = record.key();
              int number = Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
              deliveries.readable[number] = System.nanoTime();
              seen[0]++;
            });
      }
    }
  }

  private void awaitAll(int events, ServerProcess server, Subscribers all)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long expected = (long) events * FILTERS.size();
    while (deliveries.count() < expected) {
      server.check();
      all.check();
      if (System.nanoTime() > deadline) {
        throw new IOException(deliveries.count() + " of " + expected + " deliveries have come");
      }
      Thread.sleep(1);
    }
    if (deliveries.count() > expected) {
      throw new IOException(deliveries.count() + " deliveries have come, not " + expected);
    }
  }
}
