package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JobSets that others made, as they are now. A cluster may not know what a JobSet is: then
 * there are none, until it does.
 */
final class OtherJobSets implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(OtherJobSets.class);
  private static final Duration FIRST_LIST = Duration.ofMinutes(1);

  static final ResourceDefinitionContext KIND =
      new ResourceDefinitionContext.Builder()
          .withGroup("jobset.x-k8s.io")
          .withVersion("v1alpha2")
          .withKind("JobSet")
          .withPlural("jobsets")
          .withNamespaced(true)
          .build();

  private final KubernetesClient client;
  private final PodApi api;
  private final OthersSettings which;
  private final Map<String, OtherJobSet> sets = new ConcurrentHashMap<>();
  private final Set<String> warned = ConcurrentHashMap.newKeySet();
  private volatile @Nullable ObjectWatch<GenericKubernetesResource> watch;
  private volatile boolean closed;
  private boolean missed;

  OtherJobSets(KubernetesClient client, PodApi api, OthersSettings which) {
    this.client = client;
    this.api = api;
    this.which = which;
  }

  /**
   * Begins to watch, if that has not begun and the cluster knows them.
   *
   * @throws IOException where they may not be listed, or that takes too long
   */
  void begin() throws IOException {
    if (watch != null || closed || !api.pause().isZero() || !known()) {
      return;
    }
    ObjectWatch<GenericKubernetesResource> begun =
        ObjectWatch.begin(
            new ObjectWatch.Kind<>(
                "jobsets", client.genericKubernetesResources(KIND), OtherJobSet::key),
            which.namespaces(),
            "",
            FIRST_LIST,
            new ObjectWatch.Told<>(this::seen, set -> {}, this::gone));
    watch = begun;
    if (closed) {
      begun.close();
    } else if (missed) {
      log.atInfo().setMessage("the cluster knows JobSets now, they are watched").log();
    }
  }

  private boolean known() throws IOException {
    try {
      if (api.lists(KIND, which.namespaces())) {
        return true;
      }
      if (!missed) {
        log.atInfo()
            .setMessage("the cluster knows no JobSets, only Jobs are watched; it is asked again")
            .log();
      }
    } catch (KubernetesClientException e) {
      if (!PodApi.passes(e)) {
        throw new IOException("jobsets can't be listed: " + e.getMessage(), e);
      }
      log.atWarn()
          .setMessage("jobsets can't be listed for now")
          .addKeyValue("problem", e.toString())
          .log();
    }
    missed = true;
    return false;
  }

  /** Whether they are watched, so that one that is not known may yet come. */
  boolean watched() {
    return watch != null;
  }

  /**
   * A JobSet.
   *
   * @param key its namespace and name
   * @param uid its UID, where that is known: another one of its name is not meant
   */
  Optional<OtherJobSet> find(String key, Optional<String> uid) {
    return Optional.ofNullable(sets.get(key))
        .filter(set -> uid.isEmpty() || uid.get().equals(set.uid()));
  }

  private static String key(GenericKubernetesResource set) {
    return set.getMetadata().getNamespace() + "/" + set.getMetadata().getName();
  }

  private void seen(GenericKubernetesResource set) {
    OtherJobSet now =
        sets.compute(
            key(set),
            (key, before) -> OtherJobSet.of(set, before, client.getKubernetesSerialization()));
    String problem = now.policy().problem();
    if (!problem.isEmpty() && warned.add(now.uid())) {
      log.atWarn()
          .setMessage("the failure policy of a JobSet can't be read")
          .addKeyValue("jobSet", key(set))
          .addKeyValue("problem", problem)
          .log();
    }
  }

  private void gone(GenericKubernetesResource set) {
    String uid = PodView.text(set.getMetadata().getUid());
    warned.remove(uid);
    sets.computeIfPresent(key(set), (key, known) -> known.uid().equals(uid) ? null : known);
  }

  @Override
  public void close() {
    closed = true;
    ObjectWatch<GenericKubernetesResource> begun = watch;
    if (begun != null) {
      begun.close();
    }
  }
}
