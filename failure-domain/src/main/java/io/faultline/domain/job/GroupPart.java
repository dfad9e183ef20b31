package io.faultline.domain.job;

/**
 * Jobs of a set, next to each other, that are made from one spec and start as often.
 *
 * @param spec where their spec stands, under the id of the first job that is made from it
 * @param specFirst which job of the set that is, from 0
 * @param first the first one of this part, from 0 in the set
 * @param count how many
 * @param runIndex of the run that starts, from 0
 * @param attempt how often their member alone was started again, from 0
 */
public record GroupPart(
    SpecRef spec, int specFirst, int first, int count, int runIndex, int attempt) {

  /** Refuses a part of none. */
  public GroupPart {
    if (count < 1) {
      throw new IllegalArgumentException("a part of a group has at least one job: " + count);
    }
  }
}
