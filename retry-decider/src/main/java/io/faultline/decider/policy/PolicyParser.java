package io.faultline.decider.policy;

import io.faultline.app.ResourceParser;
import io.faultline.domain.resource.Resource;
import io.faultline.rules.cordon.CordonReader;
import io.faultline.rules.policy.RetryPolicyReader;
import io.faultline.rules.queue.QueueReader;

/**
 * Reads queues, retry policies and cordons; what else operators write is none of the decider's
 * business.
 */
public final class PolicyParser implements ResourceParser {

  @Override
  public Object parse(Resource resource) {
    return switch (resource.kind()) {
      case QUEUE -> QueueReader.read(ResourceParser.document(resource));
      case RETRY_POLICY -> RetryPolicyReader.read(ResourceParser.document(resource));
      case CORDON -> CordonReader.read(ResourceParser.document(resource));
      case CATEGORIES -> NOT_OURS;
    };
  }
}
