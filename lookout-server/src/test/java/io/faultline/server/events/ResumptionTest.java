package io.faultline.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumptionTest {

  /** Partition 0 keeps 10 to 19, partition 1 keeps 0 to 4. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0:15,1:3          | 0:15,1:3 | ",
        "0:10,1:0          | 0:10,1:0 | ",
        "0:20,1:5          | 0:20,1:5 | ",
        "0:15              | 0:15,1:0 | ",
        "1:5               | 0:10,1:5 | ",
        "0:9,1:3           | 0:10,1:3 | too-old",
        "0:0,1:5           | 0:10,1:5 | too-old",
        "0:21,1:3          | 0:10,1:0 | unknown-position",
        "0:3,1:6           | 0:10,1:0 | unknown-position",
        "0:15,1:3,2:0      | 0:10,1:0 | unknown-position",
        "9:0               | 0:10,1:0 | unknown-position",
      })
  void what_is_asked_for_goes_on_so_that_nothing_kept_is_missed(
      String asked, String from, String reason) {
    Resumption at =
        Resumption.of(Position.parse(asked).orElseThrow(), new Offsets(10, 0), new Offsets(20, 5));
    assertThat(at.from()).hasToString(from);
    assertThat(at.reset().map(reset -> reset.reason().word()).orElse(null)).isEqualTo(reason);
    at.reset().ifPresent(reset -> assertThat(reset.from()).hasToString(from));
  }
}
