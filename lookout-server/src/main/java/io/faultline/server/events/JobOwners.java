package io.faultline.server.events;

import io.faultline.app.Recent;
import io.faultline.domain.job.JobEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Who submitted which job: read from the job's first event where that is seen, else asked for.
 * Remembers those that were needed last.
 */
public final class JobOwners {

  private static final int REMEMBERED = 50_000;

  /** So long nobody waits again for what was away just now. */
  private static final long PAUSE_NANOS = 1_000_000_000;

  private final Function<Set<String>, Map<String, String>> lookup;
  private final Map<String, String> known = new Recent<>(REMEMBERED);

  private boolean away;
  private long failedAt;

  /** Nobody can be asked now. */
  public static final class UnknownOwnersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownOwnersException(Throwable cause) {
      super("the owners of jobs can't be asked for", cause);
    }
  }

  /**
   * @param lookup the owners of jobs by id; a job that is not there has none that is known
   */
  public JobOwners(Function<Set<String>, Map<String, String>> lookup) {
    this.lookup = lookup;
  }

  /**
   * Says of each event whose job it is, without asking anyone.
   *
   * @return the jobs whose owner has to be asked for
   */
  public synchronized Set<String> name(List<StreamEvent> events) {
    Set<String> missing = new TreeSet<>();
    for (StreamEvent told : events) {
      String jobId = told.event().job().jobId();
      if (told.event().detail() instanceof JobEvent.Submitted submitted) {
        known.put(jobId, submitted.owner());
      } else if (known.containsKey(jobId)) {
        told.owner(known.get(jobId));
      } else {
        missing.add(jobId);
      }
    }
    return missing;
  }

  /**
   * Asks for the owners of jobs.
   *
   * @return the owner of each; empty text where nobody knows
   * @throws UnknownOwnersException where the lookup fails, or has failed just now
   */
  public Map<String, String> ask(Set<String> jobIds) {
    synchronized (this) {
      if (away && System.nanoTime() - failedAt < PAUSE_NANOS) {
        throw new UnknownOwnersException(null);
      }
    }
    Map<String, String> found = lookup(jobIds);
    Map<String, String> all = new HashMap<>();
    jobIds.forEach(id -> all.put(id, found.getOrDefault(id, "")));
    return all;
  }

  private Map<String, String> lookup(Set<String> jobIds) {
    try {
      Map<String, String> found = lookup.apply(jobIds);
      synchronized (this) {
        away = false;
        known.putAll(found);
      }
      return found;
    } catch (RuntimeException e) {
      synchronized (this) {
        away = true;
        failedAt = System.nanoTime();
      }
      throw new UnknownOwnersException(e);
    }
  }

  /** Says of each event whose job it is as far as these owners go. */
  public static void name(List<StreamEvent> events, Map<String, String> owners) {
    for (StreamEvent told : events) {
      String owner = owners.get(told.event().job().jobId());
      if (told.owner() == null && owner != null) {
        told.owner(owner);
      }
    }
  }
}
