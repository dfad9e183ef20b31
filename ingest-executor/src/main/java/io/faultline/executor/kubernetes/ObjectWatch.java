package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
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
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that the API server tells of some objects of a kind: one informer on them, or one for each
 * namespace where only some are looked at. It lists again whenever a watch can't go on, and for as
 * long as it takes.
 */
final class ObjectWatch<T extends HasMetadata> implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ObjectWatch.class);

  /** How many are listed at once. */
  private static final long PAGE = 500;

  private final String kind;
  private final List<SharedIndexInformer<T>> informers = new ArrayList<>();

  private ObjectWatch(String kind) {
    this.kind = kind;
  }

  /**
   * What is watched.
   *
   * @param kind their name, for messages
   * @param all where they are asked for
   * @param key what is kept of one to know it again: its metadata's names, UID and version
   */
  record Kind<T extends HasMetadata>(
      String kind, MixedOperation<T, ?, ?> all, UnaryOperator<T> key) {

    static Kind<Pod> pods(KubernetesClient client) {
      return new Kind<>("pods", client.pods(), SmallPods::key);
    }
  }

  /**
   * Whom it tells.
   *
   * @param listed gets each state of an object first, and all that are there before it has begun
   * @param seen gets it then, from a thread of its own
   * @param gone gets the last state of one that is not there any more, or just its key
   */
  record Told<T>(Consumer<T> listed, Consumer<T> seen, Consumer<T> gone) {}

  /**
   * Begins, and waits until all that is there is known.
   *
   * @param namespaces where; empty for all
   * @param selector of their labels; may be empty
   * @throws IOException where that may not be asked, or takes too long
   */
  static <T extends HasMetadata> ObjectWatch<T> begin(
      Kind<T> what, List<String> namespaces, String selector, Duration patience, Told<T> told)
      throws IOException {
    ObjectWatch<T> watch = new ObjectWatch<>(what.kind());
    try {
      for (String namespace : namespaces.isEmpty() ? List.of("") : namespaces) {
        FilterWatchListDeletable<T, ?, ?> there =
            namespace.isEmpty() ? what.all().inAnyNamespace() : what.all().inNamespace(namespace);
        SharedIndexInformer<T> informer =
            (selector.isEmpty() ? there : there.withLabelSelector(selector))
                .withLimit(PAGE)
                .runnableInformer(0)
                .removeNamespaceIndex()
                .itemStore(new ObjectKeys<>(what.key(), told.listed()));
        watch.informers.add(informer);
        informer.addEventHandler(new Handler<>(told));
        informer.exceptionHandler(watch::goesOn);
        informer.start().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      }
      return watch;
    } catch (ExecutionException | TimeoutException | KubernetesClientException e) {
      watch.close();
      throw new IOException(what.kind() + " can't be listed: " + why(e), e);
    } catch (InterruptedException e) {
      watch.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + what.kind() + " were listed", e);
    }
  }

  /** Whatever is wrong with the server may pass, but being refused at the beginning. */
  private boolean goesOn(boolean started, Throwable problem) {
    log.atWarn()
        .setMessage(kind + " can't be watched for now")
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

  /** Whether they are watched anywhere now. */
  boolean sees() {
    return informers.stream().anyMatch(SharedIndexInformer::isWatching);
  }

  @Override
  public void close() {
    informers.forEach(SharedIndexInformer::stop);
  }

  private record Handler<T extends HasMetadata>(Told<T> told) implements ResourceEventHandler<T> {

    @Override
    public void onAdd(T object) {
      told.seen().accept(object);
    }

    @Override
    public void onUpdate(T before, T object) {
      if (!Objects.equals(before.getMetadata().getUid(), object.getMetadata().getUid())) {
        told.gone().accept(before); // another one of its name came while nothing was watched
      }
      told.seen().accept(object);
    }

    @Override
    public void onDelete(T object, boolean lastStateUnknown) {
      told.gone().accept(object);
    }
  }
}
