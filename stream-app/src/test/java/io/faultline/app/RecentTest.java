package io.faultline.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentTest {

  private final Map<String, Integer> recent = new Recent<>(2);

  @Test
  void theEntryGoesThatWasPutLeastLately() {
    recent.put("a", 1);
    recent.put("b", 2);
    recent.put("c", 3);

    assertThat(recent).containsOnlyKeys("b", "c");
  }

  @Test
  void anEntryThatWasAskedForStaysBeforeOneThatWasNot() {
    recent.put("a", 1);
    recent.put("b", 2);
    recent.get("a");
    recent.computeIfAbsent("c", key -> 3);

    assertThat(recent).containsOnlyKeys("a", "c");
  }

  @Test
  void mapsOfNothingAreRefused() {
    assertThatThrownBy(() -> new Recent<>(0)).hasMessageContaining("at least one entry");
  }
}
