package io.faultline.server;

import io.faultline.client.FaultlineClient;
import io.faultline.client.FaultlineException;
import io.faultline.client.Jobs.Job;
import io.faultline.client.RefusedException;
import io.faultline.client.Resource;
import java.util.ArrayList;
import java.util.List;

/** The example of docs/client.md, which has the lines between the marks. */
final class ClientExample {

  private ClientExample() {}

  /** Runs it, and tells what it printed. */
  static List<String> run(String server, String token) {
    List<String> printed = new ArrayList<>();
    // example begins
    FaultlineClient faultline = new FaultlineClient(server, token);

    Resource policy =
        faultline
            .policies()
            .apply(
                "patient",
                """
                apiVersion: faultline.io/v1
                kind: RetryPolicy
                name: patient
                retryLimit: 3
                defaultAction: Fail
                rules:
                  - {action: Retry, onConditions: [Evicted]}
                """);
    faultline
        .queues()
        .checkingReferences()
        .create(
            """
            {"apiVersion": "faultline.io/v1", "kind": "Queue", "name": "nightly", "retryPolicy": "patient"}
            """);
    List<Job> jobs =
        faultline
            .jobs()
            .submit(
                """
                queue: nightly
                jobSetId: nightly-1
                jobs:
                  - podSpec:
                      containers:
                        - {name: main, image: "alpine:3.20", command: [sh, -c, "exit 0"]}
                """);
    printed.add(policy.change() + " " + policy.name() + ", submitted " + jobs.size());

    try {
      faultline.policies().delete("patient");
    } catch (RefusedException.Conflict e) {
      printed.add("still used by " + e.problem().referredBy());
    } catch (FaultlineException e) {
      printed.add("not deleted: " + e.getMessage());
    }

    faultline.jobs().cancel(jobs.get(0).jobId(), "only an example");
    Resource first = faultline.policies().revisions("patient").get(0);
    faultline.policies().rollback("patient", first.revision());
    // example ends
    return printed;
  }
}
