package io.faultline.executor.cordon;

import io.faultline.app.ResourceParser;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.cordon.CordonReader;
import io.faultline.rules.yaml.YamlFile;

/** Reads cordons; what else operators write is none of the executor's business. */
public final class CordonParser implements ResourceParser {

  private static final Object NOT_OURS = new Object();

  @Override
  public Object parse(Resource resource) {
    return resource.kind() == ResourceKind.CORDON
        ? CordonReader.read(YamlFile.read(resource.key(), resource.body()).single())
        : NOT_OURS;
  }
}
