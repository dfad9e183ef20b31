package io.faultline.domain.group;

import org.jspecify.annotations.Nullable;

/** What ended a member that failed, as far as it says whether another one is behind it. */
public enum EndedBy {
  /** Its own doing, or nobody knows better. */
  ITSELF("itself"),
  SIGTERM("SIGTERM"),
  SIGKILL("SIGKILL"),

  /** It lost its connection to another member: so another one failed before it. */
  LOST_PEER("a lost peer");

  private static final int KILL = 9;
  private static final int TERM = 15;

  /** A process that a signal ended exits with 128 and the signal. */
  private static final int BY_SIGNAL = 128;

  private final String words;

  EndedBy(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /**
   * By its exit code and signal, each null where there is none. A lost peer is not seen in them.
   */
  public static EndedBy of(@Nullable Integer exitCode, @Nullable Integer signal) {
    if (ended(TERM, exitCode, signal)) {
      return SIGTERM;
    }
    return ended(KILL, exitCode, signal) ? SIGKILL : ITSELF;
  }

  private static boolean ended(int by, @Nullable Integer exitCode, @Nullable Integer signal) {
    return (signal != null && signal == by) || (exitCode != null && exitCode == BY_SIGNAL + by);
  }
}
