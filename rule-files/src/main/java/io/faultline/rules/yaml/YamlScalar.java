package io.faultline.rules.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a plain scalar is, by the core schema of YAML 1.2, where {@code yes}, {@code no}, {@code on}
 * and {@code off} are text. A whole number with a leading zero is left unresolved: some readers
 * take it as octal and others don't.
 */
record YamlScalar(YamlNode.Type type, Object value) {
  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,99})");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]{1,99}|[0-9]{1,99}(\\.[0-9]{0,99})?)([eE][-+]?[0-9]{1,4})?");
  private static final Pattern OTHER_NUMBER =
      Pattern.compile("0[0-9_]+|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  /** What a plain scalar means; empty where readers disagree and it must be written otherwise. */
  static Optional<YamlScalar> plain(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> Optional.of(new YamlScalar(YamlNode.Type.NULL, null));
      case "true", "True", "TRUE" -> Optional.of(new YamlScalar(YamlNode.Type.BOOLEAN, true));
      case "false", "False", "FALSE" -> Optional.of(new YamlScalar(YamlNode.Type.BOOLEAN, false));
      default -> numberOrText(text);
    };
  }

  private static Optional<YamlScalar> numberOrText(String text) {
    char first = text.charAt(0);
    if (Character.isLetter(first)) {
      return Optional.of(text(text));
    }
    if (WHOLE.matcher(text).matches()) {
      return Optional.of(number(new BigInteger(text)));
    }
    if (text.matches("0x[0-9a-fA-F]{1,32}")) {
      return Optional.of(number(new BigInteger(text.substring(2), 16)));
    }
    if (text.matches("0o[0-7]{1,32}")) {
      return Optional.of(number(new BigInteger(text.substring(2), 8)));
    }
    if (OTHER_NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    if (DECIMAL.matcher(text).matches()) {
      return Optional.of(number(new BigDecimal(text)));
    }
    return Optional.of(text(text));
  }

  static YamlScalar text(String text) {
    return new YamlScalar(YamlNode.Type.TEXT, text);
  }

  private static YamlScalar number(Number number) {
    return new YamlScalar(YamlNode.Type.NUMBER, number);
  }
}
