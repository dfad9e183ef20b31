package io.faultline.server.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** RFC 6901. */
final class JsonPointer {

  private static final Pattern STEP = Pattern.compile("\\[([0-9]+)]|([^.\\[]+)|[.\\[]");

  private JsonPointer() {}

  /** The pointer for a path such as {@code categories[0].rules[2].hint}. */
  static String of(String path) {
    StringBuilder pointer = new StringBuilder();
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      if (step.group(1) != null) {
        pointer.append('/').append(step.group(1));
      } else if (step.group(2) != null) {
        pointer.append('/').append(step.group(2).replace("~", "~0").replace("/", "~1"));
      }
    }
    return pointer.toString();
  }
}
