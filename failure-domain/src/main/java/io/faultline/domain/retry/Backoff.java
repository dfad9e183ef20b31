package io.faultline.domain.retry;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How long a retry waits: {@code min(max, initial × factor^k) × (1 ± jitter)}, never above {@code
 * max}, where k is the number of earlier retries by the same rule.
 *
 * @param initial before the first retry; 0 or more
 * @param factor by which each further wait is longer; 1 to 100
 * @param max no wait is longer; at least {@code initial}
 * @param jitter the part by which a wait may be shorter or longer; 0 to 1
 */
public record Backoff(Duration initial, BigDecimal factor, Duration max, double jitter) {

  /** The factor where a file gives none. */
  public static final BigDecimal DEFAULT_FACTOR = BigDecimal.valueOf(2);

  /** The longest wait where a file gives none, and for a {@code retryAfter} without any backoff. */
  public static final Duration DEFAULT_MAX = Duration.ofMinutes(10);

  /** No wait longer than this can be asked for. */
  public static final Duration LONGEST = Duration.ofDays(30);

  private static final MathContext EXACT_ENOUGH = new MathContext(20, RoundingMode.HALF_EVEN);
  private static final int MOST_STEPS = 10_000;
  private static final double GREATEST_HASH = 0xFFFF_FFFFL;

  /** Refuses values out of range, by their names. */
  public Backoff {
    if (initial.isNegative() || initial.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("initial must be 0 or more and at most 30d: " + initial);
    }
    if (factor.compareTo(BigDecimal.ONE) < 0 || factor.compareTo(BigDecimal.valueOf(100)) > 0) {
      throw new IllegalArgumentException("factor must be 1 to 100: " + factor);
    }
    if (max.compareTo(initial) < 0 || max.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("max must be at least initial and at most 30d: " + max);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be 0 to 1: " + jitter);
    }
  }

  /**
   * The wait before a retry, to the millisecond.
   *
   * @param earlier retries before this one by the same rule; 0 or more
   * @param runId of the run that failed: the same run always waits as long, others differ
   */
  public Duration before(int earlier, String runId) {
    BigDecimal jittered =
        nominal(earlier).multiply(BigDecimal.valueOf(1 + jitter * spread(runId)), EXACT_ENOUGH);
    return millis(jittered.min(BigDecimal.valueOf(max.toMillis())));
  }

  /** The wait before a retry without jitter, to the millisecond. */
  public Duration plain(int earlier) {
    return millis(nominal(earlier));
  }

  private BigDecimal nominal(int earlier) {
    BigDecimal most = BigDecimal.valueOf(max.toMillis());
    BigDecimal wait = BigDecimal.valueOf(initial.toMillis());
    boolean grows = wait.signum() > 0 && factor.compareTo(BigDecimal.ONE) > 0;
    for (int i = 0; grows && i < Math.min(earlier, MOST_STEPS) && wait.compareTo(most) < 0; i++) {
      wait = wait.multiply(factor, EXACT_ENOUGH);
    }
    return wait.min(most);
  }

  private static Duration millis(BigDecimal millis) {
    return Duration.ofMillis(millis.setScale(0, RoundingMode.HALF_UP).longValue());
  }

  /**
   * When a retry is due. What the failure itself says of the time lengthens the wait, up to the
   * cap, and never shortens it.
   *
   * @param backoff null where the rule waits for nothing
   * @param earlier retries before this one by the same rule
   * @param runId of the run that failed
   * @param retryAfter when another try makes sense, where the failure says so
   * @param now when it is decided
   */
  public static Instant due(
      @Nullable Backoff backoff,
      int earlier,
      String runId,
      @Nullable Instant retryAfter,
      Instant now) {
    Instant due = backoff == null ? now : now.plus(backoff.before(earlier, runId));
    if (retryAfter == null || !retryAfter.isAfter(due)) {
      return due;
    }
    Instant latest = now.plus(backoff == null ? DEFAULT_MAX : backoff.max());
    return retryAfter.isBefore(latest) ? retryAfter : latest;
  }

  /** As a policy writes it, for the trace. */
  String text() {
    return seconds(initial)
        + " × "
        + factor.toPlainString()
        + "^k, at most "
        + seconds(max)
        + (jitter > 0 ? ", ± " + jitter : "");
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + "s";
  }

  /** From -1 to 1, evenly, by the run. */
  private static double spread(String runId) {
    CRC32C hash = new CRC32C();
    hash.update(runId.getBytes(StandardCharsets.UTF_8));
    return 2 * (hash.getValue() / GREATEST_HASH) - 1;
  }
}
