/**
 * Who listens to the public stream and what each is told: filters, positions, and the hub that
 * hands each event to those it is for. Knows neither Kafka nor HTTP.
 */
package io.faultline.server.events;
