package io.faultline.domain.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Characters in classes: those of a class are in the same sets of a program, so none need be told
 * apart.
 */
final class Alphabet {
  private static final int ASCII = 0x80;
  private static final int MOST_CLASSES = Byte.MAX_VALUE;
  private static final int MOST_QUESTIONS = 100_000;

  /** Where a run of characters of one class begins, ascending, from 0. */
  private final int[] starts;

  /** The class of each run. */
  private final byte[] classes;

  private final byte[] ascii = new byte[ASCII];

  /** For each class, the sets that it is in. */
  private final List<BitSet> sets;

  private Alphabet(int[] starts, byte[] classes, List<BitSet> sets) {
    this.starts = starts;
    this.classes = classes;
    this.sets = sets;
    for (int c = 0; c < ASCII; c++) {
      ascii[c] = search(c);
    }
  }

  /** Null where the sets are too many or too much in pieces. */
  static @Nullable Alphabet of(List<CodePoints> sets) {
    int[] starts = starts(sets);
    if ((long) starts.length * sets.size() > MOST_QUESTIONS) {
      return null;
    }
    byte[] classes = new byte[starts.length];
    Map<BitSet, Integer> numbers = new HashMap<>();
    List<BitSet> setsOf = new ArrayList<>();
    for (int run = 0; run < starts.length; run++) {
      BitSet in = new BitSet(sets.size());
      for (int set = 0; set < sets.size(); set++) {
        in.set(set, sets.get(set).contains(starts[run]));
      }
      Integer known = numbers.putIfAbsent(in, setsOf.size());
      if (known == null) {
        setsOf.add(in);
      }
      if (setsOf.size() > MOST_CLASSES) {
        return null;
      }
      classes[run] = (byte) (known == null ? setsOf.size() - 1 : known);
    }
    return new Alphabet(starts, classes, setsOf);
  }

  private static int[] starts(List<CodePoints> sets) {
    TreeSet<Integer> starts = new TreeSet<>();
    starts.add(0);
    for (CodePoints set : sets) {
      for (int range = 0; range < set.ranges(); range++) {
        starts.add(set.first(range));
        starts.add(set.last(range) + 1);
      }
    }
    return starts.stream().mapToInt(Integer::intValue).toArray();
  }

  /** How many classes there are; they are numbered from 0. */
  int size() {
    return sets.size();
  }

  /** The numbers of the sets that a class is in. */
  BitSet setsOf(int number) {
    return sets.get(number);
  }

  /** The class of a character. */
  int classOf(int codePoint) {
    return codePoint < ASCII ? ascii[codePoint] : search(codePoint);
  }

  private byte search(int codePoint) {
    int place = Arrays.binarySearch(starts, codePoint);
    return classes[place < 0 ? -place - 2 : place];
  }
}
