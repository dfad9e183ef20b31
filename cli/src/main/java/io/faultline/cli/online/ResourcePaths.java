package io.faultline.cli.online;

import io.faultline.cli.rest.RestClient;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.resource.ResourceDocument;
import java.util.Map;

/** Where resources stand in the REST surface. */
final class ResourcePaths {

  private ResourcePaths() {}

  static String of(ResourceKind kind) {
    return switch (kind) {
      case QUEUE -> "/queues";
      case CATEGORIES -> "/categories";
      case RETRY_POLICY -> "/retry-policies";
    };
  }

  static String of(ResourceKind kind, String name) {
    return of(kind) + "/" + RestClient.part(name);
  }

  static String of(ResourceDocument document) {
    return of(document.kind(), document.name());
  }

  /** The headers of a request that carries a document. */
  static Map<String, String> carrying() {
    return Map.of("Accept", "application/json", "Content-Type", "application/yaml");
  }
}
