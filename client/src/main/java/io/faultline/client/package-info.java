/**
 * Asks a Faultline server. {@link io.faultline.client.FaultlineClient} is where it starts; {@link
 * io.faultline.client.FaultlineException} is what may come instead of an answer.
 */
package io.faultline.client;
