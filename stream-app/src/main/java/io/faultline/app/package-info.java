/**
 * What every service shares.
 *
 * <ul>
 *   <li>A service is an {@link io.faultline.app.App}; {@link io.faultline.app.AppMain} runs it as a
 *       process; {@link io.faultline.app.SettingsReader} and {@link
 *       io.faultline.app.CommonSettings} are what it is told.
 *   <li>{@link io.faultline.app.StreamsRunner} runs a topology exactly once and waits for what is
 *       away; {@link io.faultline.app.KafkaProperties} are the settings of plain clients.
 *   <li>{@link io.faultline.app.DeadLetters} is where undecodable records go.
 *   <li>{@link io.faultline.app.ResourceFollower} knows what operators wrote; {@link
 *       io.faultline.app.ServiceStatusPublisher} tells others what is in force here.
 *   <li>{@link io.faultline.app.HttpEndpoint} answers health, metrics and what a service adds.
 * </ul>
 */
package io.faultline.app;
