package io.faultline.domain.group;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndedByTest {

  @ParameterizedTest
  @CsvSource({
    "143, , SIGTERM",
    "137, , SIGKILL",
    ", 15, SIGTERM",
    ", 9, SIGKILL",
    "0, 15, SIGTERM",
    "1, , ITSELF",
    "139, 11, ITSELF",
    "15, , ITSELF",
    ", , ITSELF"
  })
  void whatEndedItIsSeenInExitCodeOrSignal(Integer exitCode, Integer signal, EndedBy expected) {
    assertThat(EndedBy.of(exitCode, signal)).isEqualTo(expected);
  }
}
