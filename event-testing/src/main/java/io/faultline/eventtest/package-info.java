/**
 * Assertions on event streams: {@link io.faultline.eventtest.EventTestReader} reads what a test
 * expects of each of its jobs, {@link io.faultline.eventtest.ExpectedEvents} says the same in code,
 * {@link io.faultline.eventtest.Judge} says of the events, one by one, whether they are it. Nothing
 * here talks to a server.
 */
package io.faultline.eventtest;
