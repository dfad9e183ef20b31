package io.faultline.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/testing.md shows of code is what is compiled and run here. */
class TestingDocTest {

  private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```\n");
  private static final Pattern EXAMPLE =
      Pattern.compile("(?s)// docs/testing.md begins\n(.*)// docs/testing.md ends");

  @Test
  void theTestThatIsShownIsTheOneThatRuns() throws IOException {
    assertThat(first(BLOCK, Path.of("../docs/testing.md")))
        .isEqualTo(
            first(EXAMPLE, Path.of("src/test/java/io/faultline/example/OutOfMemoryIT.java")));
  }

  private static String first(Pattern pattern, Path file) throws IOException {
    Matcher found = pattern.matcher(Files.readString(file));
    assertThat(found.find()).as("there is %s in %s", pattern, file).isTrue();
    return found.group(1);
  }
}
