package io.faultline.executor.local;

/**
 * Gives a container a termination file of its own: all processes share this machine's files, so the
 * path that the spec names, {@code /dev/termination-log} unless set, is replaced where it stands as
 * a whole path in the command, the arguments and the environment.
 *
 * @param asked the path that the spec names
 * @param own the container's own file
 */
record TerminationPath(String asked, String own) {

  String replaceIn(String text) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (true) {
      int found = text.indexOf(asked, at);
      if (found < 0) {
        return out.append(text, at, text.length()).toString();
      }
      int end = found + asked.length();
      boolean whole =
          (found == 0 || !partOfPath(text.charAt(found - 1)))
              && (end == text.length() || !partOfPath(text.charAt(end)));
      out.append(text, at, found).append(whole ? own : asked);
      at = end;
    }
  }

  private static boolean partOfPath(char c) {
    return Character.isLetterOrDigit(c) || c == '/' || c == '.' || c == '_' || c == '-';
  }
}
