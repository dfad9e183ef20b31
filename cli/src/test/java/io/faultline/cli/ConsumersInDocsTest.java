package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/events.md shows of the consumers stands in them, line for line. */
class ConsumersInDocsTest {

  @ParameterizedTest
  @CsvSource({"java, java/Failures.java", "python, python/failures.py"})
  void theCodeInTheDocsIsTheCodeThatIsTested(String language, String file) throws IOException {
    String docs = Files.readString(Path.of("../docs/events.md"));
    String example = Files.readString(Path.of("../deploy/examples/consumers").resolve(file));
    List<String> blocks =
        Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
            .matcher(docs)
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(blocks).isNotEmpty().allSatisfy(block -> assertThat(example).contains(block));
  }
}
