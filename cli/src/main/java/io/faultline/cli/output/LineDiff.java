package io.faultline.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Which lines went and which came, as {@code diff} shows it, with a few lines around. */
public final class LineDiff {
  private static final int AROUND = 3;

  /** Beyond this many compared pairs of lines all are shown as replaced, to bound time and room. */
  private static final long MOST_PAIRS = 4_000_000;

  private LineDiff() {}

  /** The changed lines with {@code -} and {@code +} before them; none where nothing differs. */
  public static List<String> of(String before, String after) {
    List<String> old = before.isEmpty() ? List.of() : before.lines().toList();
    List<String> now = after.isEmpty() ? List.of() : after.lines().toList();
    int same = 0;
    while (same < old.size() && same < now.size() && old.get(same).equals(now.get(same))) {
      same++;
    }
    int oldEnd = old.size();
    int nowEnd = now.size();
    while (oldEnd > same && nowEnd > same && old.get(oldEnd - 1).equals(now.get(nowEnd - 1))) {
      oldEnd--;
      nowEnd--;
    }
    List<String> shown = new ArrayList<>();
    old.subList(Math.max(0, same - AROUND), same).forEach(line -> shown.add(" " + line));
    changed(old.subList(same, oldEnd), now.subList(same, nowEnd), shown);
    old.subList(oldEnd, Math.min(old.size(), oldEnd + AROUND))
        .forEach(line -> shown.add(" " + line));
    return oldEnd == same && nowEnd == same ? List.of() : shown;
  }

  private static void changed(List<String> old, List<String> now, List<String> shown) {
    if ((long) old.size() * now.size() > MOST_PAIRS) {
      old.forEach(line -> shown.add("-" + line));
      now.forEach(line -> shown.add("+" + line));
      return;
    }
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        shown.add(" " + old.get(i));
        i++;
        j++;
      } else if (j >= now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
        shown.add("-" + old.get(i++));
      } else {
        shown.add("+" + now.get(j++));
      }
    }
  }
}
