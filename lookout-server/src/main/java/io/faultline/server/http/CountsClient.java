package io.faultline.server.http;

import com.fasterxml.jackson.databind.JsonNode;

/** Asks for a job's exact counts of failures. */
@FunctionalInterface
public interface CountsClient {

  /** The counts as the classifier answers them; a problem where it can't be asked. */
  JsonNode ofJob(String jobId);
}
