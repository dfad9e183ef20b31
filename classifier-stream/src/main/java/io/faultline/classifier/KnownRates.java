package io.faultline.classifier;

import io.faultline.domain.classify.FailureRate;
import io.faultline.domain.classify.FailureRates;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The rates of this hour and the one before, as far as they have been read. Written by one thread,
 * asked by many. Only what is published is known, so it is a little behind.
 */
final class KnownRates {

  /** No more names of an hour are kept: some 30 MB. What is beyond is as good as unknown. */
  static final int MOST_OF_AN_HOUR = 100_000;

  private static final Duration HOUR = Duration.ofHours(1);

  private final InstantSource clock;
  private final ConcurrentSkipListMap<Instant, Map<RateKey, Long>> byHour =
      new ConcurrentSkipListMap<>();

  KnownRates(InstantSource clock) {
    this.clock = clock;
  }

  /** Takes what was published; other hours than these two are passed over, and forgotten. */
  void take(FailureRate rate) {
    Instant oldest = oldest();
    byHour.headMap(oldest).clear();
    // a reporter's wrong clock must not fill the memory with hours to come
    if (rate.hour().isBefore(oldest) || rate.hour().isAfter(oldest.plus(HOUR).plus(HOUR))) {
      return;
    }
    Map<RateKey, Long> ofHour =
        byHour.computeIfAbsent(rate.hour(), hour -> new ConcurrentHashMap<>());
    RateKey key = RateKey.of(rate);
    if (ofHour.size() < MOST_OF_AN_HOUR || ofHour.containsKey(key)) {
      ofHour.put(key, rate.failures());
    }
  }

  /**
   * What is known of the hour of a failure; 0 of what is not.
   *
   * @param node empty where it is not known
   */
  FailureRates of(String queue, String category, String node, Instant at) {
    Map<RateKey, Long> ofHour = byHour.get(at.truncatedTo(ChronoUnit.HOURS));
    if (ofHour == null) {
      return FailureRates.UNKNOWN;
    }
    return new FailureRates(
        ofHour.getOrDefault(RateKey.ofQueue(queue, category), 0L),
        node.isEmpty() ? 0 : ofHour.getOrDefault(RateKey.ofNode(node), 0L));
  }

  /** Since when rates are kept: the beginning of the hour before this one. */
  Instant oldest() {
    return clock.instant().truncatedTo(ChronoUnit.HOURS).minus(HOUR);
  }
}
