package io.faultline.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionTest {

  @Test
  void a_position_comes_back_from_its_text() {
    Position position = new Position(Map.of(3, 290L, 0, 17L));
    assertThat(position).hasToString("0:17,3:290");
    assertThat(Position.parse("0:17,3:290")).contains(position);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "1", "1:", ":1", "1:2,", "1:2,1:3", "-1:2", "1:-2", "1:2:3", "99999:1"})
  void another_text_means_no_position(String text) {
    assertThat(Position.parse(text)).isEmpty();
  }
}
