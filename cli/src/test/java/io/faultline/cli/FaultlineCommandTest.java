package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultlineCommandTest {

  @Test
  void withoutACommandItSaysWhereHelpIs() {
    assertThat(Ran.faultline())
        .isEqualTo(new Ran(2, "", "faultline: a command is missing; see 'faultline --help'\n"));
  }

  @Test
  void anUnknownCommandEndsWithTwo() {
    Ran ran = Ran.faultline("decid");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .startsWith("faultline: Unmatched argument at index 0: 'decid'")
        .hasLineCount(1);
  }

  @Test
  void helpNamesTheCommandsAndTheExitCodes() {
    Ran ran = Ran.faultline("--help");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("decide", "lint", "0   fine", "4   not found");
  }

  @Test
  void itSaysItsVersion() {
    assertThat(Ran.faultline("--version").out()).startsWith("faultline ");
  }
}
