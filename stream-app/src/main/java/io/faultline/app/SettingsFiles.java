package io.faultline.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a settings file: YAML, nested or with dotted keys, into flat dotted keys. */
final class SettingsFiles {

  private SettingsFiles() {}

  static Map<String, String> read(Path file) {
    Map<String, String> flat = new TreeMap<>();
    try {
      Object document =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      if (document != null) {
        flatten(file, "", document, flat);
      }
    } catch (IOException e) {
      throw new SettingsException(file + ": can't be read: " + e.getMessage());
    } catch (YamlEngineException e) {
      throw new SettingsException(e.getMessage().replace('\n', ' '));
    }
    return flat;
  }

  private static void flatten(Path file, String at, Object value, Map<String, String> flat) {
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, inner) -> flatten(file, at.isEmpty() ? "" + key : at + "." + key, inner, flat));
    } else if (value instanceof Iterable<?> || at.isEmpty()) {
      throw new SettingsException(file + ": " + at + ": a list is not allowed here");
    } else if (flat.put(at, value == null ? "" : value.toString()) != null) {
      throw new SettingsException(file + ": " + at + ": given twice");
    }
  }
}
