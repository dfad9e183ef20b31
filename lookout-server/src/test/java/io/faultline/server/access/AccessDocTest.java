package io.faultline.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.app.AppMain;
import io.faultline.app.SettingsReader;
import io.faultline.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/access.md lists the permissions that there are, and its settings are read by the server. */
class AccessDocTest {

  private static final Path DOC = Path.of("..", "docs", "access.md");

  @Test
  void every_permission_is_in_the_table_and_no_other() throws IOException {
    Set<String> listed =
        Files.readAllLines(DOC).stream()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("\\|")[1])
            .flatMap(cell -> Pattern.compile("`([a-z_]+)`").matcher(cell).results())
            .map(word -> word.group(1))
            .collect(Collectors.toSet());
    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(Permission.allWords().collect(Collectors.toSet()));
  }

  @Test
  void its_settings_are_settings(@TempDir Path folder) throws IOException {
    String[] blocks = Files.readString(DOC).split("```yaml settings\n");
    assertThat(blocks).hasSizeGreaterThan(1);
    for (int i = 1; i < blocks.length; i++) {
      Path file = folder.resolve(i + ".yaml");
      Files.writeString(file, blocks[i].substring(0, blocks[i].indexOf("```")));
      AccessSettings access =
          ServerSettings.read(
                  SettingsReader.of(AppMain.settings(new String[] {"--settings", file.toString()})))
              .access();
      assertThat(access.grants().groupsOf()).isNotEmpty();
    }
  }
}
