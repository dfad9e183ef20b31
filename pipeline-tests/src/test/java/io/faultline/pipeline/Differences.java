package io.faultline.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares, job by job, what is with what must be. */
final class Differences {

  private static final int SHOWN = 15;

  private final List<String> shown = new ArrayList<>();
  private int count;

  /**
   * Compares lines of each job, in order.
   *
   * @param what is compared, for people
   */
  void compare(String what, Map<String, List<String>> expected, Map<String, List<String>> actual) {
    TreeSet<String> jobs = new TreeSet<>(expected.keySet());
    jobs.addAll(actual.keySet());
    for (String job : jobs) {
      List<String> must = expected.getOrDefault(job, List.of());
      List<String> is = actual.getOrDefault(job, List.of());
      if (!must.equals(is)) {
        count++;
        if (shown.size() < SHOWN) {
          shown.add(what + " of " + job + "\n    must be " + must + "\n    but is  " + is);
        }
      }
    }
  }

  int count() {
    return count;
  }

  @Override
  public String toString() {
    return count + " differences" + (shown.isEmpty() ? "" : "\n  " + String.join("\n  ", shown));
  }
}
