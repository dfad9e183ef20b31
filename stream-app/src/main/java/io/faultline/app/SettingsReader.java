package io.faultline.app;

import io.faultline.rules.lint.NearestWord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an app's settings from flat dotted keys. What was asked for is remembered, so that {@link
 * #refuseUnknown} can name a key that nobody reads, and so that the settings can be listed. Keys
 * may stand under {@code application.} as they do in the configuration that people come with.
 */
public final class SettingsReader {

  /**
   * One setting as an app asked for it.
   *
   * @param key its key
   * @param fallback its default as text; empty when it has none
   * @param allowed what is allowed, for people
   * @param secret whether its value must never be shown
   */
  public record Setting(String key, String fallback, String allowed, boolean secret) {}

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");
  private static final Pattern SECRET_NAME =
      Pattern.compile("password|secret|token|jaas|user\\.info|credential|private|\\.key\\b");
  private static final String HIDDEN = "***";
  private static final String OUTER = "application.";

  private final Map<String, String> values = new TreeMap<>();
  private final Map<String, Setting> asked = new LinkedHashMap<>();
  private final Set<String> prefixes = new TreeSet<>();

  private SettingsReader(Map<String, String> given) {
    given.forEach(
        (key, value) -> {
          String inner = key.startsWith(OUTER) ? key.substring(OUTER.length()) : key;
          if (values.put(inner, value) != null) {
            throw new SettingsException(
                "setting " + inner + ": given twice, with and without 'application.' before it");
          }
        });
  }

  /** Over the given keys and values. */
  public static SettingsReader of(Map<String, String> values) {
    return new SettingsReader(values);
  }

  /** Text, or the fallback where it is absent. */
  public String text(String key, String fallback) {
    return value(key, fallback, "text", false).orElse(fallback);
  }

  /** Text that must be given and not be empty. */
  public String requiredText(String key) {
    return value(key, "", "text, required", false)
        .filter(v -> !v.isEmpty())
        .orElseThrow(() -> new SettingsException("setting " + key + ": required, but not given"));
  }

  /** Text that is never shown in logs; empty where it is absent. */
  public String secret(String key) {
    return value(key, "", "text, never shown", true).orElse("");
  }

  /** A whole number from min to max. */
  public int integer(String key, int fallback, int min, int max) {
    return (int) whole(key, fallback, min, max);
  }

  /** A whole number from min to max. */
  public long whole(String key, long fallback, long min, long max) {
    String allowed = "a whole number from " + min + " to " + max;
    Optional<String> given = value(key, Long.toString(fallback), allowed, false);
    if (given.isEmpty()) {
      return fallback;
    }
    try {
      long number = Long.parseLong(given.get());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // said below, with what is allowed
    }
    throw refused(key, given.get(), allowed);
  }

  /** {@code true} or {@code false}. */
  public boolean bool(String key, boolean fallback) {
    Optional<String> given =
        value(key, Boolean.toString(fallback), "true or false", false)
            .map(v -> v.toLowerCase(Locale.ROOT));
    if (given.isEmpty()) {
      return fallback;
    }
    if (given.get().equals("true") || given.get().equals("false")) {
      return given.get().equals("true");
    }
    throw refused(key, given.get(), "true or false");
  }

  /** A duration such as {@code 20ms}, {@code 5s}, {@code 10m}, {@code 1h}, {@code 30d}. */
  public Duration duration(String key, Duration fallback, Duration min, Duration max) {
    String allowed = "a duration from " + shown(min) + " to " + shown(max) + ", such as 20ms or 5s";
    Optional<String> given = value(key, shown(fallback), allowed, false);
    if (given.isEmpty()) {
      return fallback;
    }
    Matcher matcher = DURATION.matcher(given.get());
    if (matcher.matches()) {
      long count = Long.parseLong(matcher.group(1));
      Duration duration =
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
          };
      if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
        return duration;
      }
    }
    throw refused(key, given.get(), allowed);
  }

  /**
   * Everything below a prefix, for a client with settings of its own; keys come without it.
   *
   * @param prefix with its dot, for example {@code kafka.}
   */
  public Map<String, String> below(String prefix) {
    prefixes.add(prefix);
    Map<String, String> below = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            below.put(key.substring(prefix.length()), value);
          }
        });
    return below;
  }

  /**
   * The value of every setting that was asked for, and all below the prefixes, sorted, for the log:
   * what is secret, or may be by its name, is three stars.
   */
  public Map<String, String> shown() {
    Map<String, String> shown = new TreeMap<>();
    asked.forEach(
        (key, setting) -> {
          String value = values.getOrDefault(key, setting.fallback());
          shown.put(key, setting.secret() && !value.isEmpty() ? HIDDEN : value);
        });
    values.forEach(
        (key, value) -> {
          if (!asked.containsKey(key)) {
            shown.put(key, SECRET_NAME.matcher(key).find() ? HIDDEN : value);
          }
        });
    return shown;
  }

  /** The prefixes below which everything is allowed, each with its dot. */
  public Set<String> prefixes() {
    return Set.copyOf(prefixes);
  }

  /** Every setting that was asked for, in the order of asking. */
  public Iterable<Setting> asked() {
    return asked.values();
  }

  /** Throws when a key was given that nobody asked for. */
  public void refuseUnknown() {
    for (String key : values.keySet()) {
      if (!asked.containsKey(key) && prefixes.stream().noneMatch(key::startsWith)) {
        throw new SettingsException(
            "setting "
                + key
                + ": unknown"
                + NearestWord.to(key, asked.keySet())
                    .map(k -> " (did you mean " + k + "?)")
                    .orElse("")
                + "; allowed are "
                + String.join(", ", asked.keySet())
                + (prefixes.isEmpty() ? "" : " and all below " + String.join(", ", prefixes)));
      }
    }
  }

  private Optional<String> value(String key, String fallback, String allowed, boolean secret) {
    asked.put(key, new Setting(key, fallback, allowed, secret));
    return Optional.ofNullable(values.get(key)).map(String::strip);
  }

  private SettingsException refused(String key, String value, String allowed) {
    return new SettingsException("setting " + key + ": '" + value + "' is not " + allowed);
  }

  private static String shown(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 86_400 == 0 && seconds > 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3600 == 0 && seconds > 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
