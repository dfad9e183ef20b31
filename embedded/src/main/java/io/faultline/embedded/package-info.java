/**
 * Kafka, PostgreSQL and a schema registry for one machine and for tests: {@link
 * io.faultline.embedded.EmbeddedKafka} in this JVM, {@link io.faultline.embedded.EmbeddedPostgres}
 * and {@link io.faultline.embedded.EmbeddedRegistry} as processes beside it. Each keeps what it has
 * in a folder, finds it again at the next start, also after kill -9, listens on 127.0.0.1 only, and
 * leaves no process behind.
 */
package io.faultline.embedded;
