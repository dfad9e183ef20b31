package io.faultline.cli.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.CliException;
import io.faultline.cli.ExitCode;
import io.faultline.cli.rest.JobCalls;
import io.faultline.cli.rest.RestClient;
import io.faultline.eventtest.TestJobs;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Makes a test's jobs on a server, and ends what is left of them. */
final class LiveJobs {

  private final RestClient client;
  private final TestJobs jobs;
  private final String queue;
  private final String jobSet;
  private boolean queueMade;

  LiveJobs(RestClient client, TestJobs jobs) {
    this.client = client;
    this.jobs = jobs;
    queue = jobs.randomQueue() ? JobCalls.unique(jobs.queue()) : jobs.queue();
    jobSet = JobCalls.unique(jobs.jobSet());
  }

  String queue() {
    return queue;
  }

  String jobSet() {
    return jobSet;
  }

  /**
   * Makes the queue, where the test or the user asks for that and it is not there.
   *
   * @throws CliException where the server refuses
   */
  void setUpQueue(boolean createQueues) {
    if (!JobCalls.queueIsMissing(client, queue)) {
      return;
    }
    if (!jobs.createQueue() && !jobs.randomQueue() && !createQueues) {
      throw new CliException(
          ExitCode.NOT_FOUND,
          "queue \"%s\" is not there; create it, or give --create-queues".formatted(queue));
    }
    queueMade = JobCalls.makeQueue(client, queue);
  }

  /**
   * Submits all batches.
   *
   * @return the ids of the jobs
   */
  List<String> submit() throws InterruptedException {
    List<String> ids = new ArrayList<>();
    for (int batch = 0; batch < jobs.batches(); batch++) {
      if (batch > 0) {
        TimeUnit.NANOSECONDS.sleep(jobs.interval().toNanos());
      }
      JobCalls.submit(client, batch(), UUID.randomUUID().toString())
          .forEach(job -> ids.add(job.path("jobId").asText()));
    }
    return ids;
  }

  private ObjectNode batch() {
    ObjectNode file = JsonNodeFactory.instance.objectNode();
    file.put("queue", queue).put("jobSetId", jobSet);
    ArrayNode list = file.putArray("jobs");
    for (JsonNode job : jobs.jobs()) {
      for (int copy = 0; copy < jobs.batchSize(); copy++) {
        ObjectNode one = job.deepCopy();
        if (jobs.randomClientId() && !one.hasNonNull("clientId")) {
          one.put("clientId", UUID.randomUUID().toString());
        }
        list.add(one);
      }
    }
    return file;
  }

  /** Cancels jobs, as the test asks for. One that has ended meanwhile is no error. */
  void cancel(TestJobs.Cancel how, List<String> ids) {
    if (how.bySet()) {
      cancelSet("cancelled by its test");
      return;
    }
    for (String id : ids) {
      JobCalls.cancelIfLive(client, id, "its test");
    }
  }

  /** Cancels all jobs of the set that have not ended. */
  void cancelSet(String why) {
    var unused = JobCalls.cancelSet(client, queue, jobSet, why);
  }

  /** Removes a queue that is this test's alone. */
  void removeQueue() {
    if (queueMade && jobs.randomQueue()) {
      client.ask(c -> c.queues().delete(queue));
    }
  }
}
