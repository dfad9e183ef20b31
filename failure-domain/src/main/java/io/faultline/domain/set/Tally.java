package io.faultline.domain.set;

/**
 * Numbers of a set that save looking through its jobs.
 *
 * @param alive runs that are held and have not ended
 * @param done members of which all jobs have succeeded
 * @param gaveUp members that failed for good while the others run on
 * @param returned leases that came back in this generation
 * @param owed whether a request may be gone of which not all runs were claimed
 */
public record Tally(int alive, int done, int gaveUp, int returned, boolean owed) {

  /** Of a set that starts. */
  public static final Tally NONE = new Tally(0, 0, 0, 0, false);
}
