/** Kafka, PostgreSQL and a schema registry for one machine and for tests. */
package io.faultline.embedded;
