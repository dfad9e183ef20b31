package io.faultline.domain.resources;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Optional;

/** What a job asks for and a policy can give it more of. */
public enum Amount {
  /** In bytes. */
  MEMORY("memory", 0),
  /** In cores, to the thousandth. */
  CPU("cpu", 3),
  /** In bytes. */
  EPHEMERAL_STORAGE("ephemeral-storage", 0),
  /** How long a run may take, in seconds; the pod's, not a container's. */
  ACTIVE_DEADLINE("activeDeadlineSeconds", 0);

  private final String word;
  private final int decimals;

  Amount(String word, int decimals) {
    this.word = word;
    this.decimals = decimals;
  }

  /** The word in pod specs and policies, for example {@code ephemeral-storage}. */
  public String word() {
    return word;
  }

  /** Whether it is an amount of a container's resources. */
  public boolean ofContainers() {
    return this != ACTIVE_DEADLINE;
  }

  /** The smallest whole one that is no less: a byte, a thousandth of a core, a second. */
  public BigDecimal whole(BigDecimal value) {
    return value.setScale(decimals, RoundingMode.CEILING);
  }

  /** The amount that a word names, exactly; empty when there is none. */
  public static Optional<Amount> ofWord(String word) {
    return Arrays.stream(values()).filter(amount -> amount.word.equals(word)).findFirst();
  }
}
