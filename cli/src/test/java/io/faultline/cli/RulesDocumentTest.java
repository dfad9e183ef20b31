package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/rules.md shows of table tests, pasted: the files, the commands, and what they print.
 */
class RulesDocumentTest {
  private static final Pattern FILE =
      Pattern.compile("`([a-z.-]+)`:\n\n```yaml [a-z-]+\n(.*?)```\n", Pattern.DOTALL);

  /** A command, and the indented lines after it. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "^    \\$ faultline (test rules .*)\n((?:(?:    .*)?\n)*)", Pattern.MULTILINE);

  @TempDir Path folder;

  @Test
  void theCommandsPrintWhatIsShown() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "rules.md"));
    Matcher files = FILE.matcher(text);
    while (files.find()) {
      Files.writeString(folder.resolve(files.group(1)), files.group(2));
    }
    List<String> run = new ArrayList<>();
    Matcher commands = COMMAND.matcher(text);
    while (commands.find()) {
      String[] words = commands.group(1).split(" ");
      for (int i = 2; i < words.length; i++) {
        words[i] = words[i].endsWith(".yaml") ? folder.resolve(words[i]).toString() : words[i];
      }
      String printed = Ran.faultline(words).out().replace(folder + "/", "");
      assertThat(printed.strip()).isEqualTo(commands.group(2).replaceAll("(?m)^    ", "").strip());
      run.add(commands.group(1));
    }
    assertThat(run).containsExactly("test rules rules-test.yaml", "test rules wrong-test.yaml");
  }
}
