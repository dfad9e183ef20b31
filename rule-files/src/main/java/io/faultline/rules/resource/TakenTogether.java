package io.faultline.rules.resource;

import io.faultline.domain.classify.Categories;
import io.faultline.domain.resource.QueueDefinition;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.retry.RetryPolicy;
import io.faultline.rules.categories.CategoriesReader;
import io.faultline.rules.policy.RetryPolicyReader;
import io.faultline.rules.queue.QueueReader;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Resources by their names. */
record TakenTogether(
    Map<String, Written<RetryPolicy>> policies,
    Map<String, Written<Categories>> categories,
    Map<String, Written<QueueDefinition>> queues) {

  /** A resource with where it is written. */
  record Written<T>(YamlNode node, T value) {}

  static TakenTogether of(Collection<ResourcesLint.Document> documents) {
    TakenTogether all =
        new TakenTogether(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    documents.forEach(document -> all.add(document.kind(), document.name(), document.node()));
    return all;
  }

  /** Those that their readers take. */
  static TakenTogether ofReadable(Collection<ResourcesLint.Document> documents) {
    TakenTogether all = of(List.of());
    for (ResourcesLint.Document document : documents) {
      try {
        all.add(document.kind(), document.name(), document.node());
      } catch (RuleFileException olderVersionTookIt) {
        // and whoever writes another can't mend it
      }
    }
    return all;
  }

  /** These and one more, in the place of the one of its kind and name. */
  TakenTogether with(ResourcesLint.Document document) {
    TakenTogether more =
        new TakenTogether(
            new LinkedHashMap<>(policies),
            new LinkedHashMap<>(categories),
            new LinkedHashMap<>(queues));
    more.add(document.kind(), document.name(), document.node());
    return more;
  }

  private void add(ResourceKind kind, String name, YamlNode node) {
    switch (kind) {
      case RETRY_POLICY -> policies.put(name, new Written<>(node, RetryPolicyReader.read(node)));
      case CATEGORIES -> categories.put(name, new Written<>(node, CategoriesReader.read(node)));
      case QUEUE -> queues.put(name, new Written<>(node, QueueReader.read(node)));
      case CORDON -> {}
    }
  }
}
