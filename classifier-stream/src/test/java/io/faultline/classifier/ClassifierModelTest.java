package io.faultline.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.evidence.JobError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports in any order, with repeats, beside a model that is a set and two maps. */
class ClassifierModelTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whateverIsReportedAndHoweverOftenTheCountsAreThoseOfTheModel(long seed) {
    Random random = new Random(seed);
    Set<String> runs = new HashSet<>();
    Map<String, Long> ofJob = new HashMap<>();
    Map<String, Long> ofCategory = new HashMap<>();
    List<JobError> sent = new ArrayList<>();
    try (ClassifierDriver driver = new ClassifierDriver()) {
      for (int i = 0; i < 1_500; i++) {
        boolean again = !sent.isEmpty() && random.nextInt(3) == 0;
        JobError error = again ? sent.get(random.nextInt(sent.size())) : report(random);
        sent.add(error);

        ClassifiedError out = driver.classify(error);

        String job = error.job().jobId();
        boolean counts = error.terminal() && runs.add(job + "/" + error.run().runId());
        String category = job + "/" + out.classification().info().category();
        if (counts) {
          ofJob.merge(job, 1L, Long::sum);
          ofCategory.merge(category, 1L, Long::sum);
        }
        assertThat(out.counted()).isEqualTo(counts);
        assertThat(out.counts())
            .isEqualTo(
                new FailureCounts(
                    ofJob.getOrDefault(job, 0L), ofCategory.getOrDefault(category, 0L)));
      }
    }
  }

  private static JobError report(Random random) {
    int exitCode = List.of(1, 74, 137).get(random.nextInt(3));
    int report = random.nextInt(3);
    // the same report always says the same
    return Failures.of(
        "job-" + random.nextInt(30),
        random.nextInt(8),
        report * 1_000 + exitCode,
        report > 0,
        exitCode,
        "m");
  }
}
