package io.faultline.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPointerTest {

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "queue, /queue",
    "categories[0].rules[12].onExitCodes.operator, /categories/0/rules/12/onExitCodes/operator",
    "[3].name, /3/name",
    "a/b.c~d, /a~1b/c~0d",
  })
  void a_path_becomes_a_pointer(String path, String pointer) {
    assertThat(JsonPointer.of(path)).isEqualTo(pointer);
  }
}
