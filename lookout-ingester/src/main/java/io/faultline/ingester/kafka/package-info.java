/** Kafka's side: what is read, how it is decoded, and where what can't be ingested goes. */
package io.faultline.ingester.kafka;
