package io.faultline.domain.pattern;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the texts that a part of a pattern matches, all folded.
 *
 * @param exact the only strings it matches; null where they are too many or unknown
 * @param needed where they are unknown: one of these is in whatever it matches; empty where even
 *     that is unknown
 */
record Literals(@Nullable Set<String> exact, Set<String> needed) {
  private static final int MOST_STRINGS = 16;
  private static final int LONGEST = 64;

  /** Nothing is known. */
  static final Literals UNKNOWN = new Literals(null, Set.of());

  /** Only the empty string, as of an anchor. */
  static final Literals EMPTY = exactly(Set.of(""));

  /** One character, folded. */
  static Literals character(String folded) {
    return new Literals(Set.of(folded), Set.of());
  }

  static Literals exactly(Set<String> strings) {
    boolean small =
        strings.size() <= MOST_STRINGS && strings.stream().allMatch(s -> s.length() <= LONGEST);
    return small ? new Literals(strings, Set.of()) : needing(strings);
  }

  private static Literals needing(Set<String> strings) {
    return new Literals(null, usable(strings) ? strings : Set.of());
  }

  /** Strings of which one is in whatever matches; none where that is unknown. */
  Set<String> required() {
    if (exact == null) {
      return needed;
    }
    return usable(exact) ? Set.copyOf(exact) : Set.of();
  }

  static Literals concat(List<Literals> parts) {
    Set<String> best = Set.of();
    Set<String> run = Set.of("");
    boolean whole = true;
    for (Literals part : parts) {
      Set<String> next = part.exact();
      if (next == null) {
        best = better(better(best, run), part.needed());
        run = Set.of("");
        whole = false;
        continue;
      }
      Set<String> product = product(run, next);
      if (product == null) {
        best = better(best, run);
        run = next;
        whole = false;
      } else {
        run = product;
      }
    }
    return whole ? new Literals(run, Set.of()) : new Literals(null, better(best, run));
  }

  static Literals alternate(List<Literals> parts) {
    Set<String> exact = new TreeSet<>();
    Set<String> needed = new TreeSet<>();
    boolean allExact = true;
    boolean allNeeded = true;
    for (Literals part : parts) {
      if (part.exact() == null) {
        allExact = false;
      } else {
        exact.addAll(part.exact());
      }
      allNeeded &= !part.required().isEmpty();
      needed.addAll(part.required());
    }
    if (allExact) {
      return exactly(exact);
    }
    return allNeeded ? new Literals(null, needed) : UNKNOWN;
  }

  /** Repeated at least {@code min} times and at most {@code max}, -1 for without end. */
  Literals repeat(int min, int max) {
    if (max == 0) {
      return EMPTY;
    }
    if (min == 0) {
      return max == 1 ? alternate(List.of(this, EMPTY)) : UNKNOWN;
    }
    if (min == max && exact != null) {
      Set<String> strings = Set.of("");
      for (int i = 0; i < min && strings != null; i++) {
        strings = product(strings, exact);
      }
      if (strings != null) {
        return new Literals(strings, Set.of());
      }
    }
    return new Literals(null, required());
  }

  /** Each string of one followed by each of the other; null where they are too many or too long. */
  private static @Nullable Set<String> product(Set<String> heads, Set<String> tails) {
    if (heads.size() * tails.size() > MOST_STRINGS) {
      return null;
    }
    Set<String> product = heads.size() == 1 && tails.size() == 1 ? null : new TreeSet<>();
    for (String head : heads) {
      for (String tail : tails) {
        String whole = head.concat(tail);
        if (whole.length() > LONGEST) {
          return null;
        }
        if (product == null) {
          return Set.of(whole); // nearly all there is, and ten thousand rules have much of it
        }
        product.add(whole);
      }
    }
    return product;
  }

  /** The one whose shortest string is longer, and so rarer; then the smaller one. */
  private static Set<String> better(Set<String> one, Set<String> other) {
    if (!usable(one) || !usable(other)) {
      return usable(one) ? one : usable(other) ? other : Set.of();
    }
    int difference = shortest(one) - shortest(other);
    return difference > 0 || (difference == 0 && one.size() <= other.size()) ? one : other;
  }

  private static boolean usable(Set<String> strings) {
    return !strings.isEmpty() && !strings.contains("");
  }

  private static int shortest(Set<String> strings) {
    return strings.stream().mapToInt(String::length).min().orElse(0);
  }
}
