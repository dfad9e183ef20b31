package io.faultline.classifier.counts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.app.HttpEndpoint;
import io.faultline.app.HttpEndpoint.Answer;
import io.faultline.domain.classify.JobCounts;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/**
 * {@code GET /counts/JOBID}: the counts of a job, from this instance's stores where it holds them,
 * else from the instance that does. A gang's jobs are held by the key of their gang, which the
 * question doesn't name: where the job's own key does not lead to it, every instance is asked.
 */
public final class CountsEndpoint {

  private static final String HERE = "/counts-here";
  private static final String ANYWHERE = "/counts";

  private final String store;
  private final Supplier<Optional<KafkaStreams>> streams;
  private final HostInfo self;
  private final PeerCounts peers;

  /**
   * @param store the store of counts by job id
   * @param streams the running topology; empty before it runs
   * @param self where this instance answers
   * @param token what this and all other instances ask for
   */
  public CountsEndpoint(
      String store, Supplier<Optional<KafkaStreams>> streams, HostInfo self, String token) {
    this.store = store;
    this.streams = streams;
    this.self = self;
    this.peers = new PeerCounts(HERE, token);
  }

  /** Opens it. */
  public void addTo(HttpEndpoint http) {
    http.add(ANYWHERE, this::anywhere);
    http.add(HERE, jobId -> here(jobId).orElseGet(() -> unknown(jobId)));
  }

  private Answer anywhere(String jobId) {
    Optional<Answer> here = here(jobId);
    if (here.isPresent()) {
      return here.get();
    }
    boolean allAnswered = true;
    for (HostInfo peer : others(jobId)) {
      Optional<Answer> there = peers.ask(peer, jobId);
      if (there.isPresent() && there.get().status() == 200) {
        return there.get();
      }
      allAnswered &= there.map(Answer::status).orElse(0) == 404;
    }
    return allAnswered ? unknown(jobId) : unavailable();
  }

  /** Empty where this instance does not hold the job. */
  private Optional<Answer> here(String jobId) {
    Optional<KafkaStreams> running = streams.get();
    if (running.isEmpty()) {
      return Optional.of(unavailable());
    }
    try {
      JobCounts counts =
          running
              .get()
              .store(
                  StoreQueryParameters.fromNameAndType(
                      store, QueryableStoreTypes.<String, JobCounts>keyValueStore()))
              .get(jobId);
      return Optional.ofNullable(counts).map(found -> Answer.json(200, json(jobId, found)));
    } catch (InvalidStateStoreException notNow) {
      return Optional.of(unavailable());
    }
  }

  /** The instance that holds the job's own key first. */
  private List<HostInfo> others(String jobId) {
    KafkaStreams running = streams.get().orElseThrow();
    KeyQueryMetadata owner = running.queryMetadataForKey(store, jobId, new StringSerializer());
    HostInfo first = owner == null ? HostInfo.unavailable() : owner.activeHost();
    return running.streamsMetadataForStore(store).stream()
        .map(StreamsMetadata::hostInfo)
        .filter(instance -> !instance.equals(self))
        .distinct()
        .sorted((a, b) -> Boolean.compare(b.equals(first), a.equals(first)))
        .toList();
  }

  private static String json(String jobId, JobCounts counts) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("jobId", jobId);
    json.put("failures", counts.failures());
    ObjectNode byCategory = json.putObject("byCategory");
    new TreeMap<>(counts.byCategory()).forEach(byCategory::put);
    json.put("lastFailureAt", counts.lastAt().toString());
    return json.toString() + "\n";
  }

  private static Answer unknown(String jobId) {
    return problem(404, "no failure of job " + jobId + " was counted");
  }

  private static Answer unavailable() {
    return problem(503, "the counts can't be asked now; try again in some seconds");
  }

  private static Answer problem(int status, String title) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", status).put("title", title);
    return new Answer(status, "application/problem+json", json + "\n");
  }
}
