package io.faultline.server.submit;

import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.job.SpecRef;
import io.faultline.server.control.AcceptedJob;
import io.faultline.server.control.AcceptedSet;
import io.faultline.server.control.AcceptedTemplate;
import io.faultline.server.control.ExclusiveLock;
import io.faultline.server.control.Submission;
import io.faultline.server.control.SubmissionStore;
import io.faultline.server.kafka.JobProducer;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Puts a kept submission on Kafka: first all specs, then, once it is noted in PostgreSQL where they
 * stand, the commands that refer to them. Done again from any point it leads to the same: one
 * process at a time works on a submission, specs that are noted are not written again, and the
 * decider knows the ids of a repeated command.
 */
public final class Outbox {

  /** The points between which a process can die; tests do. */
  public enum Step {
    KEPT,
    SPECS_WRITTEN,
    SPECS_NOTED,
    COMMANDS_WRITTEN
  }

  private final SubmissionStore store;
  private final DataSource database;
  private final JobProducer producer;
  private final Clock clock;
  private final Consumer<Step> reached;

  /**
   * @param reached told after each step
   */
  public Outbox(
      SubmissionStore store,
      DataSource database,
      JobProducer producer,
      Clock clock,
      Consumer<Step> reached) {
    this.store = store;
    this.database = database;
    this.producer = producer;
    this.clock = clock;
    this.reached = reached;
  }

  /**
   * Produces a submission, unless someone else is just doing it.
   *
   * @return whether all of it is on Kafka now
   * @throws CompletionException where Kafka did not acknowledge in time
   */
  public boolean produce(UUID id) throws SQLException {
    try (ExclusiveLock lock =
        ExclusiveLock.tryTake(database, "faultline-submission-" + id).orElse(null)) {
      if (lock == null) {
        return false;
      }
      Optional<Submission> found = store.find(id);
      if (found.isPresent() && !found.get().produced()) {
        produce(found.get());
      }
      return true;
    }
  }

  private void produce(Submission submission) {
    reached.accept(Step.KEPT);
    Map<String, SpecRef> refs = writeSpecs(submission);
    List<CompletableFuture<Void>> commands = new ArrayList<>();
    for (AcceptedJob job : submission.jobs()) {
      JobSpec spec = job.spec();
      commands.add(
          producer.command(
              new JobCommand.Submit(
                  spec.job(),
                  spec.submittedAt(),
                  spec.owner(),
                  refs.get(spec.job().jobId()),
                  job.failFast())));
    }
    for (AcceptedSet set : submission.sets()) {
      commands.add(
          producer.command(
              new JobCommand.SubmitSet(
                  set.set(), submission.acceptedAt(), set.owner(), SetDefinitions.of(set, refs))));
    }
    await(commands);
    reached.accept(Step.COMMANDS_WRITTEN);
    store.noteProduced(submission.id(), clock.instant());
  }

  /** Where specs stand, by the id of the first job that is made from each. */
  private Map<String, SpecRef> writeSpecs(Submission submission) {
    List<AcceptedJob> templates = submission.templates().map(AcceptedTemplate::first).toList();
    Map<String, CompletableFuture<SpecRef>> refs = new LinkedHashMap<>();
    for (AcceptedJob job : submission.jobs()) {
      refs.put(job.spec().job().jobId(), write(job));
    }
    for (AcceptedJob template : templates) {
      refs.put(template.spec().job().jobId(), write(template));
    }
    await(refs.values());
    reached.accept(Step.SPECS_WRITTEN);
    store.noteSpecs(written(submission.jobs(), refs), written(templates, refs));
    reached.accept(Step.SPECS_NOTED);
    Map<String, SpecRef> written = new HashMap<>();
    refs.forEach((jobId, ref) -> written.put(jobId, ref.join()));
    return written;
  }

  private CompletableFuture<SpecRef> write(AcceptedJob job) {
    return job.specRef() != null
        ? CompletableFuture.completedFuture(job.specRef())
        : producer.spec(job.spec());
  }

  private static List<AcceptedJob> written(
      List<AcceptedJob> jobs, Map<String, CompletableFuture<SpecRef>> refs) {
    return jobs.stream().map(job -> job.at(refs.get(job.spec().job().jobId()).join())).toList();
  }

  /** Waits for all, also after one failed: nothing of ours may come after the lock is given up. */
  private static void await(Collection<? extends CompletableFuture<?>> writes) {
    CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new)).join();
  }
}
