package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that the API server tells of some pods: one informer on them, or one for each namespace where
 * only some are looked at. It lists again whenever a watch can't go on, and for as long as it
 * takes.
 */
final class PodWatch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PodWatch.class);

  /** How many pods are listed at once. */
  private static final long PAGE = 500;

  private final List<SharedIndexInformer<Pod>> informers = new ArrayList<>();

  private PodWatch() {}

  /**
   * Whom it tells.
   *
   * @param listed gets each state of a pod first, and all that are there before it has begun
   * @param seen gets it then, from a thread of its own
   * @param gone gets the last state of one that is not there any more, or just its key
   */
  record Told(Consumer<Pod> listed, Consumer<Pod> seen, Consumer<Pod> gone) {}

  /**
   * Begins, and waits until all that is there is known.
   *
   * @param namespaces where; empty for all
   * @param selector of their labels; may be empty
   * @throws IOException where that may not be asked, or takes too long
   */
  static PodWatch begin(
      KubernetesClient client,
      List<String> namespaces,
      String selector,
      Duration patience,
      Told told)
      throws IOException {
    PodWatch watch = new PodWatch();
    try {
      for (String namespace : namespaces.isEmpty() ? List.of("") : namespaces) {
        var pods =
            namespace.isEmpty()
                ? client.pods().inAnyNamespace()
                : client.pods().inNamespace(namespace);
        SharedIndexInformer<Pod> informer =
            (selector.isEmpty() ? pods : pods.withLabelSelector(selector))
                .withLimit(PAGE)
                .runnableInformer(0)
                .removeNamespaceIndex()
                .itemStore(new PodKeys(told.listed()));
        watch.informers.add(informer);
        informer.addEventHandler(new Handler(told));
        informer.exceptionHandler((started, problem) -> goesOn(started, problem));
        informer.start().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      }
      return watch;
    } catch (ExecutionException | TimeoutException | KubernetesClientException e) {
      watch.close();
      throw new IOException(
          "pods can't be listed at " + client.getConfiguration().getMasterUrl() + ": " + why(e), e);
    } catch (InterruptedException e) {
      watch.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while pods were listed", e);
    }
  }

  /** Whatever is wrong with the server may pass, but being refused at the beginning. */
  private static boolean goesOn(boolean started, Throwable problem) {
    log.atWarn()
        .setMessage("pods can't be watched for now")
        .addKeyValue("problem", problem.toString())
        .log();
    return started || !refused(problem);
  }

  private static boolean refused(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException e) {
        return e.getCode() == 401 || e.getCode() == 403;
      }
    }
    return false;
  }

  private static String why(Exception e) {
    return e instanceof TimeoutException
        ? "no answer in time"
        : String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
  }

  /** Whether pods are watched anywhere now. */
  boolean sees() {
    return informers.stream().anyMatch(SharedIndexInformer::isWatching);
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
  }

  private record Handler(Told told) implements ResourceEventHandler<Pod> {

    @Override
    public void onAdd(Pod pod) {
      told.seen().accept(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      if (!Objects.equals(before.getMetadata().getUid(), pod.getMetadata().getUid())) {
        told.gone().accept(before); // another one of its name came while nothing was watched
      }
      told.seen().accept(pod);
    }

    @Override
    public void onDelete(Pod pod, boolean lastStateUnknown) {
      told.gone().accept(pod);
    }
  }
}
