package io.faultline.domain.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a job of a set has besides: where it is, and how its current run ended, since what follows
 * from that is decided about the set.
 *
 * @param setId the set
 * @param index which job of the set, from 0
 * @param end how the current run ended
 * @param endedAt when, by its executor's clock; null while it has not
 * @param told whether the current run was told to stop
 * @param shown whether the end of the current run was told as an event
 */
public record Membership(
    String setId, int index, End end, @Nullable Instant endedAt, boolean told, boolean shown) {

  /** How a run ended. */
  public enum End {
    /** It has not. */
    NONE,
    SUCCEEDED,
    FAILED,
    /** It was told to stop, and did; or it was never claimed. */
    STOPPED
  }

  /** Of a job whose current run has not ended. */
  public static Membership fresh(String setId, int index) {
    return new Membership(setId, index, End.NONE, null, false, false);
  }

  /** Whether the current run has not ended. */
  public boolean open() {
    return end == End.NONE;
  }

  /** Its run ended. */
  public Membership ended(End how, Instant at) {
    return new Membership(setId, index, how, at, told, shown);
  }

  /** Its run was told to stop. */
  public Membership asTold() {
    return new Membership(setId, index, end, endedAt, true, shown);
  }

  /** The end of its run was told. */
  public Membership asShown() {
    return new Membership(setId, index, end, endedAt, told, true);
  }

  /** Its next run. */
  public Membership next() {
    return fresh(setId, index);
  }
}
