/** What the executor reads from Kafka and writes to it; nothing else here knows a topic. */
package io.faultline.executor.kafka;
