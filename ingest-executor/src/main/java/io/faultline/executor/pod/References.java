package io.faultline.executor.pod;

import java.util.Map;

/**
 * Kubernetes' {@code $(NAME)} in commands, arguments and values: the variable where it is known,
 * else the text as it is; {@code $$(NAME)} is the text {@code $(NAME)}.
 */
public final class References {

  private References() {}

  /** The text with every reference to one of these variables replaced by its value. */
  public static String expand(String text, Map<String, String> variables) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != '$' || at + 1 == text.length()) {
        out.append(c);
        at++;
      } else if (text.charAt(at + 1) == '$') {
        out.append('$');
        at += 2;
      } else if (text.charAt(at + 1) == '(' && text.indexOf(')', at) > 0) {
        int end = text.indexOf(')', at);
        String value = variables.get(text.substring(at + 2, end));
        out.append(value != null ? value : text.substring(at, end + 1));
        at = end + 1;
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }
}
