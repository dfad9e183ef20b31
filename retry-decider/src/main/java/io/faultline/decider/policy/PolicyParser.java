package io.faultline.decider.policy;

import io.faultline.app.ResourceParser;
import io.faultline.domain.resource.Resource;
import io.faultline.rules.cordon.CordonReader;
import io.faultline.rules.policy.RetryPolicyReader;
import io.faultline.rules.queue.QueueReader;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;

/**
 * Reads queues, retry policies and cordons; what else operators write is none of the decider's
 * business.
 */
public final class PolicyParser implements ResourceParser {

  private static final Object NOT_OURS = new Object();

  @Override
  public Object parse(Resource resource) {
    return switch (resource.kind()) {
      case QUEUE -> QueueReader.read(document(resource));
      case RETRY_POLICY -> RetryPolicyReader.read(document(resource));
      case CORDON -> CordonReader.read(document(resource));
      case CATEGORIES -> NOT_OURS;
    };
  }

  private static YamlNode document(Resource resource) {
    return YamlFile.read(resource.key(), resource.body()).single();
  }
}
