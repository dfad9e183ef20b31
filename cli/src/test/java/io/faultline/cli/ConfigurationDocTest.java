package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.app.CommonSettings;
import io.faultline.app.SettingsException;
import io.faultline.app.SettingsReader;
import io.faultline.app.StreamsSettings;
import io.faultline.classifier.ClassifierSettings;
import io.faultline.decider.DeciderSettings;
import io.faultline.executor.ExecutorSettings;
import io.faultline.ingester.IngesterSettings;
import io.faultline.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/configuration.md lists what the services really ask for, with its real default. */
class ConfigurationDocTest {

  private static final Path DOC = Path.of("..", "docs", "configuration.md");
  private static final Pattern ROW =
      Pattern.compile("\\| `([^`]+)` \\| (?:`([^`]*)`|([^|]*)) ?\\| ([^|]*) ?\\|.*");

  /** Their defaults depend on the machine or the service; the table says so in words. */
  private static final Set<String> BY_MACHINE =
      Set.of(
          "instance.id",
          "state.dir",
          "executor.id",
          "executor.cpu",
          "executor.memory",
          "executor.local.directory",
          "executor.local.node");

  @Test
  void whatEveryServiceIsToldIsListed() throws IOException {
    assertListed("Every service", r -> CommonSettings.read(r, "SERVICE"), Set.of());
  }

  @Test
  void whatTopologiesAreToldIsListed() throws IOException {
    assertListed(
        "Services that run a topology: classifier-stream and retry-decider",
        StreamsSettings::read,
        Set.of());
  }

  @Test
  void whatEachServiceIsToldIsListed() throws IOException {
    Set<String> common = keys(r -> CommonSettings.read(r, "SERVICE"));
    Set<String> streams = new LinkedHashSet<>(common);
    streams.addAll(keys(StreamsSettings::read));
    assertListed("classifier-stream", ClassifierSettings::read, streams);
    assertListed("retry-decider", DeciderSettings::read, streams);
    assertListed("ingest-executor", ExecutorSettings::read, common);
    assertListed("lookout-ingester", IngesterSettings::read, common);
    assertListed("lookout-server", ServerSettings::read, common);
  }

  private record Row(String key, String fallback, String allowed) {}

  private static void assertListed(
      String section, Consumer<SettingsReader> settings, Set<String> elsewhere) throws IOException {
    SettingsReader reader = asked(settings);
    List<Row> expected = new ArrayList<>();
    for (SettingsReader.Setting setting : reader.asked()) {
      if (!elsewhere.contains(setting.key())) {
        expected.add(
            new Row(
                setting.key(),
                BY_MACHINE.contains(setting.key()) ? "" : setting.fallback(),
                setting.allowed()));
      }
    }
    List<Row> listed = new ArrayList<>(listed(section));
    List<String> prefixes = listed.stream().map(Row::key).filter(k -> k.endsWith(".*")).toList();
    if (elsewhere.isEmpty()) {
      assertThat(prefixes)
          .containsExactlyInAnyOrderElementsOf(
              reader.prefixes().stream().map(p -> p + "*").toList());
    }
    listed.removeIf(row -> row.key().endsWith(".*"));
    assertThat(listed).as(section).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static Set<String> keys(Consumer<SettingsReader> settings) {
    Set<String> keys = new LinkedHashSet<>();
    asked(settings).asked().forEach(s -> keys.add(s.key()));
    return keys;
  }

  private static SettingsReader asked(Consumer<SettingsReader> settings) {
    SettingsReader reader = SettingsReader.of(Map.of());
    try {
      settings.accept(reader);
    } catch (SettingsException required) {
      assertThat(reader.asked()).as(required.getMessage()).isNotEmpty();
    }
    return reader;
  }

  private static List<Row> listed(String section) throws IOException {
    List<Row> rows = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(DOC)) {
      if (line.startsWith("## ")) {
        inside = line.equals("## " + section);
      }
      Matcher row = ROW.matcher(line);
      if (inside && row.matches()) {
        boolean byMachine = BY_MACHINE.contains(row.group(1));
        String fallback = row.group(2) == null ? "" : row.group(2);
        rows.add(new Row(row.group(1), byMachine ? "" : fallback, row.group(4).strip()));
      }
    }
    assertThat(rows).as("rows of the section " + section).isNotEmpty();
    return rows;
  }
}
