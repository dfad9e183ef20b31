package io.faultline.domain.pattern;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A set of code points, unpaired surrogates among them. Immutable. */
final class CodePoints {
  static final CodePoints NONE = new CodePoints(new int[0]);
  static final CodePoints ANY = range(0, Character.MAX_CODE_POINT);

  /** First and last of each range in turn, ascending; two ranges neither overlap nor touch. */
  private final int[] bounds;

  private CodePoints(int[] bounds) {
    this.bounds = bounds;
  }

  static CodePoints range(int first, int last) {
    return new CodePoints(new int[] {first, last});
  }

  /** The characters of a text, one or more. */
  static CodePoints of(String characters) {
    return of(characters.codePoints().toArray());
  }

  static CodePoints of(int... codePoints) {
    long[] ranges = new long[codePoints.length];
    for (int i = 0; i < codePoints.length; i++) {
      ranges[i] = packed(codePoints[i], codePoints[i]);
    }
    return merged(ranges);
  }

  CodePoints or(CodePoints other) {
    long[] ranges = new long[ranges() + other.ranges()];
    for (int i = 0; i < ranges.length; i++) {
      ranges[i] =
          i < ranges()
              ? packed(first(i), last(i))
              : packed(other.first(i - ranges()), other.last(i - ranges()));
    }
    return merged(ranges);
  }

  CodePoints without(CodePoints other) {
    return not().or(other).not();
  }

  /** All that are not in it. */
  CodePoints not() {
    int[] gaps = new int[bounds.length + 2];
    int size = 0;
    int from = 0;
    for (int i = 0; i < ranges(); i++) {
      if (from < first(i)) {
        gaps[size++] = from;
        gaps[size++] = first(i) - 1;
      }
      from = last(i) + 1;
    }
    if (from <= Character.MAX_CODE_POINT) {
      gaps[size++] = from;
      gaps[size++] = Character.MAX_CODE_POINT;
    }
    return new CodePoints(Arrays.copyOf(gaps, size));
  }

  boolean contains(int codePoint) {
    int low = 0;
    int high = ranges();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (last(middle) < codePoint) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < ranges() && first(low) <= codePoint;
  }

  boolean intersects(CodePoints other) {
    int mine = 0;
    int theirs = 0;
    while (mine < ranges() && theirs < other.ranges()) {
      if (last(mine) < other.first(theirs)) {
        mine++;
      } else if (other.last(theirs) < first(mine)) {
        theirs++;
      } else {
        return true;
      }
    }
    return false;
  }

  /** How many ranges it has. */
  int ranges() {
    return bounds.length / 2;
  }

  int first(int range) {
    return bounds[2 * range];
  }

  int last(int range) {
    return bounds[2 * range + 1];
  }

  /** Each one, ascending. */
  IntStream each() {
    return IntStream.range(0, ranges()).flatMap(i -> IntStream.rangeClosed(first(i), last(i)));
  }

  /** As a class of RE2, where case is not ignored. */
  String written() {
    if (bounds.length == 0) {
      return "[^" + ANY.written().substring(1);
    }
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < ranges(); i++) {
      text.append(String.format("\\x{%x}-\\x{%x}", first(i), last(i)));
    }
    return text.append(']').toString();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CodePoints that && Arrays.equals(bounds, that.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return written();
  }

  /** One number that sorts by the first code point. */
  private static long packed(int first, int last) {
    return (long) first << 32 | last;
  }

  private static CodePoints merged(long[] ranges) {
    Arrays.sort(ranges);
    int[] bounds = new int[ranges.length * 2];
    int size = 0;
    for (long range : ranges) {
      int first = (int) (range >>> 32);
      int last = (int) range;
      if (size > 0 && first <= bounds[size - 1] + 1) {
        bounds[size - 1] = Math.max(bounds[size - 1], last);
      } else {
        bounds[size++] = first;
        bounds[size++] = last;
      }
    }
    return new CodePoints(Arrays.copyOf(bounds, size));
  }
}
