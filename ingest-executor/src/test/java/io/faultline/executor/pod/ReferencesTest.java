package io.faultline.executor.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References mean what they mean to Kubernetes. */
class ReferencesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "plain          | plain",
        "$(A)           | 1",
        "x$(A)y$(B)     | x1y$(A)",
        "$(NONE)        | $(NONE)",
        "$$(A)          | $(A)",
        "$$$(A)         | $1",
        "$$$$           | $$",
        "$A ${A} $      | $A ${A} $",
        "$(A            | $(A",
        "$()            | $()",
      })
  void aReferenceIsItsValueWhereThereIsOne(String text, String expanded) {
    assertThat(References.expand(text, Map.of("A", "1", "B", "$(A)"))).isEqualTo(expanded);
  }
}
