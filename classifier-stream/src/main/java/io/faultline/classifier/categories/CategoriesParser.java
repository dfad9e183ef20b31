package io.faultline.classifier.categories;

import io.faultline.app.ResourceParser;
import io.faultline.domain.resource.Resource;
import io.faultline.rules.categories.CategoriesReader;
import io.faultline.rules.queue.QueueReader;

/** Reads queues and categories; policies are none of the classifier's business. */
public final class CategoriesParser implements ResourceParser {

  @Override
  public Object parse(Resource resource) {
    return switch (resource.kind()) {
      case QUEUE -> QueueReader.read(ResourceParser.document(resource));
      case CATEGORIES -> CategoriesReader.read(ResourceParser.document(resource));
      case RETRY_POLICY, CORDON -> NOT_OURS;
    };
  }
}
