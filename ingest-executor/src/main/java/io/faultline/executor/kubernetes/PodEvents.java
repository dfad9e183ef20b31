package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.faultline.executor.kubernetes.KubernetesSettings.Pressure;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of a pod that ended badly, asked for once. An end without them is better than none.
 */
record PodEvents(PodApi api, Pressure pressure) {

  private static final Logger log = LoggerFactory.getLogger(PodEvents.class);

  /** The pod's events; empty where they are asked for again. */
  Optional<List<Event>> of(TrackedPod run, PodView view) {
    if (pressure.events() == 0) {
      return Optional.of(List.of());
    }
    if (api.waits(run)) {
      return Optional.empty();
    }
    try {
      return Optional.of(api.events(view.pod(), pressure.events()));
    } catch (KubernetesClientException e) {
      if (PodApi.passes(e) && run.triedInVain() <= pressure.retries()) {
        run.notBefore(api.pause());
        return Optional.empty();
      }
      log.atWarn()
          .setMessage("events of a failed pod can't be read")
          .addKeyValue("pod", view.pod().getMetadata().getName())
          .addKeyValue("problem", e.toString())
          .log();
      return Optional.of(List.of());
    }
  }
}
