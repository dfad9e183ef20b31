package io.faultline.classifier.categories;

import io.faultline.app.ResourcesInForce;
import io.faultline.domain.classify.Categories;
import io.faultline.domain.resource.QueueDefinition;
import io.faultline.domain.resource.ResourceKind;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Which set of categories classifies a queue's failures: the one that the queue names, else {@code
 * default}. One snapshot of the resources answers each question.
 */
public final class FollowedCategories implements Function<String, CategoriesInForce> {

  private final Supplier<ResourcesInForce> resources;

  /** Over what is in force at each moment. */
  public FollowedCategories(Supplier<ResourcesInForce> resources) {
    this.resources = resources;
  }

  @Override
  public CategoriesInForce apply(String queue) {
    ResourcesInForce now = resources.get();
    String name =
        now.value(ResourceKind.QUEUE, queue, QueueDefinition.class)
            .map(QueueDefinition::categories)
            .orElse(QueueDefinition.CATEGORIES);
    return now.entry(ResourceKind.CATEGORIES, name)
        .map(e -> new CategoriesInForce(name, e.revision(), (Categories) e.value()))
        .orElse(CategoriesInForce.NONE);
  }
}
