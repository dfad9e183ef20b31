package io.faultline.schemas.wire;

import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.resource.ServiceStatus;

/** What operators write, and where it is in force. */
final class ResourceWire {

  private ResourceWire() {}

  static io.faultline.schemas.avro.Resource resource(Resource resource) {
    return new io.faultline.schemas.avro.Resource(
        Words.to(io.faultline.schemas.avro.ResourceKind.class, resource.kind()),
        resource.name(),
        resource.revision(),
        resource.deleted(),
        resource.body(),
        resource.changedAt(),
        resource.changedBy());
  }

  static Resource resource(io.faultline.schemas.avro.Resource resource) {
    return new Resource(
        Words.to(ResourceKind.class, resource.getKind()),
        resource.getName(),
        resource.getRevision(),
        resource.getDeleted(),
        resource.getBody(),
        resource.getChangedAt(),
        resource.getChangedBy());
  }

  static io.faultline.schemas.avro.ServiceStatus status(ServiceStatus status) {
    return new io.faultline.schemas.avro.ServiceStatus(
        status.service(), status.instance(), status.url(), status.revision(), status.at());
  }

  static ServiceStatus status(io.faultline.schemas.avro.ServiceStatus status) {
    return new ServiceStatus(
        status.getService(),
        status.getInstance(),
        status.getUrl(),
        status.getRevision(),
        status.getAt());
  }
}
