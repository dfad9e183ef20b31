package io.faultline.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringJoiner;
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
    } else if (at.isEmpty()) {
      throw new SettingsException(file + ": keys and values are expected");
    } else if (flat.put(at, text(file, at, value)) != null) {
      throw new SettingsException(file + ": " + at + ": given twice");
    }
  }

  /**
   * A list is the same as its words with commas between them, which is how a setting names several.
   */
  private static String text(Path file, String at, Object value) {
    if (value instanceof Iterable<?> list) {
      StringJoiner words = new StringJoiner(",");
      for (Object word : list) {
        if (word instanceof Iterable<?> || word instanceof Map<?, ?> || word == null) {
          throw new SettingsException(file + ": " + at + ": only words are allowed in a list");
        }
        if (word.toString().contains(",")) {
          throw new SettingsException(
              file + ": " + at + ": '" + word + "' holds a comma, which is not allowed in a list");
        }
        words.add(word.toString());
      }
      return words.toString();
    }
    return value == null ? "" : value.toString();
  }
}
