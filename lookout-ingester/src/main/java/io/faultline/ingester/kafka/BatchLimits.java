package io.faultline.ingester.kafka;

import java.time.Duration;

/**
 * When a batch is full.
 *
 * @param records at most so many, give or take one poll
 * @param bytes of values, at most so many, give or take one poll
 * @param linger how long a batch that is not full waits for more
 */
public record BatchLimits(int records, long bytes, Duration linger) {}
