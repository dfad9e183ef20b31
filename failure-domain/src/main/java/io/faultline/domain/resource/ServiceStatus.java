package io.faultline.domain.resource;

import java.time.Instant;

/**
 * What one instance of a service has in force.
 *
 * @param service the service's name, for example {@code classifier-stream}
 * @param instance the instance's id
 * @param url where it answers over HTTP; empty where it does not
 * @param revision the highest revision of any resource that it has in force
 * @param at when it said so, by its clock
 */
public record ServiceStatus(
    String service, String instance, String url, long revision, Instant at) {

  /** The record key: {@code service/instance}. */
  public String recordKey() {
    return service + "/" + instance;
  }
}
