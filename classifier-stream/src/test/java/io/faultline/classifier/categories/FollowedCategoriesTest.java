package io.faultline.classifier.categories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.app.ResourcesInForce;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.yaml.RuleFileException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FollowedCategoriesTest {

  private static final Resource DEFAULT = categories("default", 3, "enabled: true");
  private static final Resource GPU = categories("gpu", 4, "enabled: true");

  @Test
  void aQueueThatNobodyDefinedHasTheDefaultSet() {
    assertThat(inForce("research", DEFAULT, GPU).name()).isEqualTo("default");
    assertThat(inForce("research", DEFAULT, GPU).revision()).isEqualTo(3);
    assertThat(inForce("research", DEFAULT, GPU).categories().enabled()).isTrue();
  }

  @Test
  void aQueueHasTheSetThatItNames() {
    Resource queue = resource(ResourceKind.QUEUE, "research", 5, "name: research\ncategories: gpu");

    assertThat(inForce("research", DEFAULT, GPU, queue).name()).isEqualTo("gpu");
    assertThat(inForce("another", DEFAULT, GPU, queue).name()).isEqualTo("default");
  }

  @Test
  void aSetThatIsNotThereClassifiesNothing() {
    Resource queue = resource(ResourceKind.QUEUE, "research", 5, "name: research\ncategories: no");

    assertThat(inForce("research", DEFAULT, queue)).isEqualTo(CategoriesInForce.NONE);
    assertThat(inForce("research")).isEqualTo(CategoriesInForce.NONE);
  }

  @Test
  void aBrokenSetIsRefusedWithItsPlace() {
    Resource broken = categories("default", 6, "enabled: true\ncategories: [{name: x}]");

    assertThatThrownBy(() -> new CategoriesParser().parse(broken))
        .isInstanceOf(RuleFileException.class)
        .hasMessageContaining("Categories/default:2");
  }

  private static CategoriesInForce inForce(String queue, Resource... resources) {
    CategoriesParser parser = new CategoriesParser();
    Map<String, ResourcesInForce.Entry> entries =
        Arrays.stream(resources)
            .collect(
                Collectors.toMap(
                    Resource::key, r -> new ResourcesInForce.Entry(r.revision(), parser.parse(r))));
    ResourcesInForce now = new ResourcesInForce(9, entries, Map.of());
    return new FollowedCategories(() -> now).apply(queue);
  }

  private static Resource categories(String name, long revision, String body) {
    return resource(ResourceKind.CATEGORIES, name, revision, body);
  }

  private static Resource resource(ResourceKind kind, String name, long revision, String body) {
    String head = kind == ResourceKind.QUEUE ? "apiVersion: faultline.io/v1\nkind: Queue\n" : "";
    return new Resource(kind, name, revision, false, head + body, Instant.EPOCH, "test");
  }
}
