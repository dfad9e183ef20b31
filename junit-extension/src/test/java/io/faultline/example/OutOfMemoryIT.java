package io.faultline.example;

// docs/testing.md begins
import static io.faultline.eventtest.ExpectedEvents.failed;
import static io.faultline.eventtest.ExpectedEvents.running;
import static io.faultline.eventtest.ExpectedEvents.submitted;
import static io.faultline.eventtest.ExpectedEvents.succeeded;
import static io.faultline.junit.FaultlineAssertions.assertThat;

import io.faultline.junit.Faultline;
import io.faultline.junit.FaultlineExtension;
import io.faultline.junit.JobSet;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(FaultlineExtension.class)
class OutOfMemoryIT {

  @Test
  void isSaidToBeWhatItIs(Faultline faultline) {
    faultline.apply(
        """
        apiVersion: faultline.io/v1
        kind: Categories
        name: training
        spec:
          enabled: true
          categories:
            - name: oom
              rules:
                - onConditions: [OOMKilled]
        ---
        apiVersion: faultline.io/v1
        kind: Queue
        name: training
        priorityFactor: 1
        categories: training
        """);
    JobSet jobSet =
        faultline.submit(
            """
            queue: training
            jobs:
              - namespace: default
                podSpec:
                  restartPolicy: Never
                  containers:
                    - name: train
                      image: "alpine:3.20"
                      command: [sh, -c, "cat /dev/zero | tail -c 80000000"]
                      resources:
                        requests: {cpu: 50m, memory: 32Mi}
                        limits: {cpu: 50m, memory: 32Mi}
            """);

    assertThat(jobSet)
        .within(Duration.ofMinutes(1))
        .never(succeeded())
        .emits(submitted(), running(), failed().withCategories("oom").withReason("OOMKilled"));
  }
}
// docs/testing.md ends
