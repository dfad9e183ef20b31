package io.faultline.ingester.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MergeTest {

  @Test
  void texts_are_compared_as_postgresql_does_under_collation_c() {
    String privateUse = "\uE000";
    String beyond = "\uD83D\uDE00";

    assertThat(privateUse.compareTo(beyond)).as("Java's order").isPositive();
    assertThat(Merge.greater(privateUse, beyond)).isEqualTo(beyond);
    assertThat(Merge.greater(beyond, privateUse)).isEqualTo(beyond);
    assertThat(Merge.greater("a", "B")).isEqualTo("a");
  }

  @Test
  void what_is_known_wins_over_what_is_not() {
    assertThat(Merge.greater(null, "a")).isEqualTo("a");
    assertThat(Merge.greater("a", null)).isEqualTo("a");
    assertThat(Merge.greater(null, null)).isNull();
  }
}
