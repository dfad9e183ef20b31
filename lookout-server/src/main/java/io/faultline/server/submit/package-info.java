/**
 * From an accepted submit to its records on Kafka: kept first, then produced, also after a crash or
 * while Kafka is away for a time.
 */
package io.faultline.server.submit;
