package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What JobSet's and the Jobs' controllers write on Jobs and pods, as labels and annotations. */
final class OtherSets {

  /** The annotation with a failure policy that JobSet itself would refuse. */
  static final String POLICY = PodMarks.PREFIX + "failure-policy";

  private static final String PREFIX = "jobset.sigs.k8s.io/";
  static final String SET_NAME = PREFIX + "jobset-name";
  static final String SET_UID = PREFIX + "jobset-uid";
  static final String REPLICATED_JOB = PREFIX + "replicatedjob-name";
  static final String JOB_INDEX = PREFIX + "job-index";
  static final String GENERATION = PREFIX + "restart-attempt";
  static final String ATTEMPT = PREFIX + "job-restart-attempt";
  private static final String JOB_UID = "batch.kubernetes.io/controller-uid";

  private OtherSets() {}

  /**
   * Under which all that belongs to one set meets: the JobSet's namespace and name, as not all
   * versions write its UID on pods; of a pod of a Job that stands alone that Job's UID. Empty for a
   * pod of no Job.
   */
  static Optional<String> recordKey(HasMetadata pod) {
    return setKey(pod).or(() -> word(pod, JOB_UID));
  }

  /** Namespace and name of the JobSet; empty for what is of none. */
  static Optional<String> setKey(HasMetadata of) {
    return word(of, SET_NAME).map(name -> of.getMetadata().getNamespace() + "/" + name);
  }

  /** What a label says, else an annotation. */
  static Optional<String> word(HasMetadata of, String key) {
    return Stream.of(of.getMetadata().getLabels(), of.getMetadata().getAnnotations())
        .flatMap(words -> said(words, key).stream())
        .findFirst();
  }

  private static Optional<String> said(@Nullable Map<String, String> words, String key) {
    return Optional.ofNullable(words == null ? null : words.get(key))
        .map(String::strip)
        .filter(word -> !word.isEmpty());
  }

  /** The number that it says; empty where it says none. */
  static Optional<Integer> number(HasMetadata of, String key) {
    return word(of, key).filter(word -> word.matches("[0-9]{1,9}")).map(Integer::valueOf);
  }
}
