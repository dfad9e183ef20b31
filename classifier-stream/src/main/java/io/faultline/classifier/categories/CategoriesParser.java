package io.faultline.classifier.categories;

import io.faultline.app.ResourceParser;
import io.faultline.domain.resource.Resource;
import io.faultline.rules.categories.CategoriesReader;
import io.faultline.rules.queue.QueueReader;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;

/** Reads queues and categories; policies are none of the classifier's business. */
public final class CategoriesParser implements ResourceParser {

  private static final Object NOT_OURS = new Object();

  @Override
  public Object parse(Resource resource) {
    return switch (resource.kind()) {
      case QUEUE -> QueueReader.read(document(resource));
      case CATEGORIES -> CategoriesReader.read(document(resource));
      case RETRY_POLICY, CORDON -> NOT_OURS;
    };
  }

  private static YamlNode document(Resource resource) {
    return YamlFile.read(resource.key(), resource.body()).single();
  }
}
