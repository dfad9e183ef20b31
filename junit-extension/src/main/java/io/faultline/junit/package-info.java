/**
 * Assertions on events in code. {@link io.faultline.junit.FaultlineExtension} finds or starts a
 * system and injects {@link io.faultline.junit.Faultline}, which submits jobs; {@link
 * io.faultline.junit.FaultlineAssertions} asserts on their events, or on those of a file. What is
 * expected is said with {@link io.faultline.eventtest.ExpectedEvents}.
 */
package io.faultline.junit;
