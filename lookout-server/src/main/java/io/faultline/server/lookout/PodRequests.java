package io.faultline.server.lookout;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.domain.resources.Quantity;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a pod asks for, as Kubernetes reckons it: the sum of its containers or, where that is more,
 * the largest init container; a limit stands for a request that is absent; init containers that run
 * on count with the others; and the overhead on top.
 *
 * @param cpu in cores
 * @param memory in bytes
 */
record PodRequests(BigDecimal cpu, BigDecimal memory) {

  static PodRequests of(JsonNode podSpec) {
    return new PodRequests(of(podSpec, "cpu"), of(podSpec, "memory"));
  }

  private static BigDecimal of(JsonNode podSpec, String resource) {
    BigDecimal running = BigDecimal.ZERO;
    BigDecimal most = BigDecimal.ZERO;
    for (JsonNode container : podSpec.path("initContainers")) {
      BigDecimal own = request(container, resource);
      if (container.path("restartPolicy").asText().equals("Always")) {
        running = running.add(own);
        most = most.max(running);
      } else {
        most = most.max(running.add(own));
      }
    }
    for (JsonNode container : podSpec.path("containers")) {
      running = running.add(request(container, resource));
    }
    return running
        .max(most)
        .add(amount(podSpec.path("overhead").path(resource)).orElse(BigDecimal.ZERO));
  }

  private static BigDecimal request(JsonNode container, String resource) {
    JsonNode resources = container.path("resources");
    return amount(resources.path("requests").path(resource))
        .or(() -> amount(resources.path("limits").path(resource)))
        .orElse(BigDecimal.ZERO);
  }

  private static Optional<BigDecimal> amount(JsonNode written) {
    return written.isValueNode() && !written.isNull()
        ? Quantity.parse(written.asText()).map(Quantity::value)
        : Optional.empty();
  }
}
