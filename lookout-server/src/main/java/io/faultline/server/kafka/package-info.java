/**
 * Kafka: what this server writes (specs, commands, resources) and reads (events of jobs, what
 * services have in force). Nothing outside this package knows Kafka's clients.
 */
package io.faultline.server.kafka;
