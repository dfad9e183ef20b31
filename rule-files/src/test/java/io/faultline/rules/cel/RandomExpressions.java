package io.faultline.rules.cel;

import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Conditions of all kinds; mostly of the right types, as others are refused at once. */
final class RandomExpressions {
  private static final int MOST_LEVELS = 6;

  private final Random random;
  private int levels = MOST_LEVELS;

  private RandomExpressions(Random random) {
    this.random = random;
  }

  static Arbitrary<String> any() {
    return Arbitraries.randomValue(random -> new RandomExpressions(random).condition());
  }

  private String condition() {
    return switch (deeper(12)) {
      case 0 -> "(" + text() + " == " + text() + ")";
      case 1 -> "(" + number() + one(" < 3", " >= 0", " in [1, 74]", " == counts.job") + ")";
      case 2 -> "(" + text() + one(" < 'm'", " in failure.categories", " != run.node") + ")";
      case 3 -> text() + ".contains(" + text() + ")";
      case 4 -> text() + ".matches('(a|x)+|node')";
      case 5 -> "(" + condition() + " && " + condition() + ")";
      case 6 -> "(" + condition() + " || " + condition() + ")";
      case 7 -> "(" + condition() + " ? " + condition() + " : true)";
      case 8 -> "!" + condition();
      case 9 -> list() + "(h, " + ofItem() + ")";
      case 10 -> "(duration(" + text() + ") < duration(" + text() + "))";
      default -> one("has(failure.exitCode)", "history[1].at > history[0].at", "failure.fatal");
    };
  }

  private String list() {
    return one(
        "history.all",
        "history.exists",
        "history.exists_one",
        "failure.containers.filter(h, has(h.exitCode)).all",
        "(history + history).all",
        "failure.events.exists");
  }

  private String ofItem() {
    return switch (deeper(3)) {
      case 0 -> one("h.exitCode == 74", "h.node == run.node", "has(h.exitCode)");
      case 1 -> one("h.type == 'Warning'", "h.reason == ''", "h.at > history[0].at");
      default -> levels <= 0 ? "true" : condition();
    };
  }

  private String text() {
    return switch (deeper(5)) {
      case 0 -> one("failure.terminationMessage", "history[1].node", "run.cluster");
      case 1 -> "(" + text() + " + " + text() + ")";
      case 2 -> "string(" + number() + ")";
      case 3 -> "failure.categories[" + number() + "]";
      default -> one("'x'", "''", "'10s'", "'ä\\U0001F600'", "failure.kind", "job.gangId");
    };
  }

  private String number() {
    return switch (deeper(5)) {
      case 0 -> "(" + number() + one(" + ", " * ", " / ", " % ", " - ") + number() + ")";
      case 1 -> "size(" + text() + ")";
      case 2 -> "int(" + text() + ")";
      case 3 -> one("failure.exitCode", "history[0].exitCode", "size(history)");
      default -> one("0", "1", "9223372036854775807", "counts.job", "rates.nodeHour");
    };
  }

  /** One of several; the last, which goes no deeper, where it is deep already. */
  private int deeper(int choices) {
    if (levels <= 0) {
      return choices - 1;
    }
    levels -= random.nextInt(2);
    return random.nextInt(choices);
  }

  private String one(String... of) {
    return of[random.nextInt(of.length)];
  }
}
