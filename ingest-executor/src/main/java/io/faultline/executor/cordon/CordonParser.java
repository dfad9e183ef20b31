package io.faultline.executor.cordon;

import io.faultline.app.ResourceParser;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.cordon.CordonReader;

/** Reads cordons; what else operators write is none of the executor's business. */
public final class CordonParser implements ResourceParser {

  @Override
  public Object parse(Resource resource) {
    return resource.kind() == ResourceKind.CORDON
        ? CordonReader.read(ResourceParser.document(resource))
        : NOT_OURS;
  }
}
