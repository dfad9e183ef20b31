package io.faultline.domain.resources;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "512Mi, 536870912",
    "1Gi, 1073741824",
    "1.5Gi, 1610612736",
    "1G, 1000000000",
    "1.21G, 1210000000",
    "100m, 1",
    "1500m, 2",
    "1e9, 1000000000",
    "1E3, 1000",
    "12E-1, 2",
    "1E, 1000000000000000000",
    "1Ei, 1152921504606846976",
    ".5Ki, 512",
    "5., 5",
    "+5, 5",
    "1n, 1",
    "9999Ei, 9223372036854775807"
  })
  void aQuantityIsSoManyWholeBytesRoundedUp(String text, long bytes) {
    assertThat(Quantity.parse(text).orElseThrow().bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "Mi", "1 Gi", "1gi", "1K", "1MB", "-1", "1e", "1e999", "0x10", "1Gi\n", "."
      })
  void anotherTextIsNone(String text) {
    assertThat(Quantity.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1536Mi, 1536Mi",
    "1.5Gi, 1536Mi",
    "1210000000, 1210M",
    "1000, 1k",
    "1024, 1Ki",
    "0, 0",
    "1299227608, 1299227608",
    "100m, 100m"
  })
  void itIsPrintedInTheShortestExactForm(String text, String printed) {
    assertThat(Quantity.parse(text).orElseThrow().toString()).isEqualTo(printed);
  }

  @Property
  void whatIsPrintedIsReadAsTheSame(@ForAll @LongRange(min = 0) long bytes) {
    assertThat(Quantity.parse(Quantity.ofBytes(bytes).toString()).orElseThrow().bytes())
        .isEqualTo(bytes);
  }
}
