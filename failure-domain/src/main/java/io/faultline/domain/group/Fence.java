package io.faultline.domain.group;

/**
 * Which start of a member something belongs to. There is one decision for each; what comes from an
 * older start is late and changes nothing.
 *
 * @param generation how often the set had started again
 * @param attempt how often the member alone had started again
 */
public record Fence(int generation, int attempt) {

  /** The first start. */
  public static final Fence FIRST = new Fence(0, 0);

  /** The start of a member that runs now, by what was decided so far. */
  public static Fence of(GroupMember member, GroupCounters counters) {
    return new Fence(counters.restarts(), counters.of(member).restarts());
  }
}
