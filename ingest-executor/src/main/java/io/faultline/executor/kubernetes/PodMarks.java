package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.faultline.executor.cluster.PodOrder;
import io.faultline.executor.pod.PodIdentity;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What our pods carry. Annotations have the exact words; labels, which allow less, are for
 * selecting.
 */
final class PodMarks {

  static final String PREFIX = "faultline.io/";
  static final String EXECUTOR = PREFIX + "executor";
  static final String RUN_ID = PREFIX + "run-id";
  static final String JOB_ID = PREFIX + "job-id";
  static final String RUN_INDEX = PREFIX + "run-index";
  static final String QUEUE = PREFIX + "queue";
  static final String JOB_SET = PREFIX + "job-set";

  /** Why we ended it: the name of an {@link EndCause}. */
  static final String END_CAUSE = PREFIX + "end-cause";

  /** What was seen when we did. */
  static final String END_MESSAGE = PREFIX + "end-message";

  /** Keeps an ended pod until its end is reported. */
  static final String FINALIZER = PREFIX + "report";

  private static final Pattern LABEL =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private PodMarks() {}

  /** A text as a label's value: itself where that is allowed, else a name that follows from it. */
  static String label(String text) {
    return LABEL.matcher(text).matches()
        ? text
        : UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Name, labels, annotations and finalizer of a run's pod. */
  static ObjectMeta of(PodOrder order, PodIdentity identity, String executor) {
    Map<String, String> own = new LinkedHashMap<>();
    own.put(EXECUTOR, executor);
    own.put(RUN_ID, order.runId());
    own.put(JOB_ID, order.request().job().jobId());
    own.put(RUN_INDEX, Integer.toString(order.request().run().index()));
    own.put(QUEUE, order.request().job().queue());
    own.put(JOB_SET, order.request().job().jobSet());
    Map<String, String> labels = foreign(identity.labels());
    own.forEach((key, value) -> labels.put(key, label(value)));
    Map<String, String> annotations = foreign(identity.annotations());
    annotations.putAll(own);
    ObjectMeta meta = new ObjectMeta();
    meta.setName(order.request().podName());
    meta.setNamespace(order.spec().namespace());
    meta.setLabels(labels);
    meta.setAnnotations(annotations);
    meta.setFinalizers(List.of(FINALIZER));
    return meta;
  }

  /** What a job says about itself may not pass for what we say about it. */
  private static Map<String, String> foreign(Map<String, String> given) {
    Map<String, String> kept = new LinkedHashMap<>(given);
    kept.keySet().removeIf(key -> key.startsWith(PREFIX));
    return kept;
  }

  /** The run of a pod of this executor; empty for any other pod. */
  static Optional<String> run(Pod pod, String executor) {
    boolean ours =
        annotation(pod, EXECUTOR)
            .map(executor::equals)
            .orElseGet(() -> labelled(pod, EXECUTOR).filter(label(executor)::equals).isPresent());
    return ours ? annotation(pod, RUN_ID).or(() -> labelled(pod, RUN_ID)) : Optional.empty();
  }

  /** Stands in for an annotation that someone took off. */
  private static Optional<String> labelled(Pod pod, String key) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return labels == null ? Optional.empty() : Optional.ofNullable(labels.get(key));
  }

  static Optional<EndCause> endCause(Pod pod) {
    return annotation(pod, END_CAUSE).flatMap(EndCause::ofName);
  }

  static Optional<String> annotation(HasMetadata pod, String key) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    return annotations == null ? Optional.empty() : Optional.ofNullable(annotations.get(key));
  }

  /** Whether an executor made it, this one or another. */
  static boolean ours(Pod pod) {
    return kept(pod)
        || Stream.of(EXECUTOR, RUN_ID, END_CAUSE)
            .anyMatch(key -> annotation(pod, key).or(() -> labelled(pod, key)).isPresent());
  }

  static boolean kept(Pod pod) {
    List<String> finalizers = pod.getMetadata().getFinalizers();
    return finalizers != null && finalizers.contains(FINALIZER);
  }
}
