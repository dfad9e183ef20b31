package io.faultline.executor.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only the whole path is replaced. */
class TerminationPathTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "echo x > /dev/termination-log      | echo x > /own",
        "/dev/termination-log               | /own",
        "a=/dev/termination-log;b=/dev/termination-log | a=/own;b=/own",
        "/dev/termination-log2              | /dev/termination-log2",
        "/dev/termination-log/x             | /dev/termination-log/x",
        "/chroot/dev/termination-log        | /chroot/dev/termination-log",
        "nothing                            | nothing",
      })
  void theWholePathIsReplacedAndNothingElse(String text, String replaced) {
    assertThat(new TerminationPath("/dev/termination-log", "/own").replaceIn(text))
        .isEqualTo(replaced);
  }
}
