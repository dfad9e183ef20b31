package io.faultline.domain.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a parsed part of a pattern.
 *
 * @param literals the texts it needs
 * @param shape what it matches; null where only RE2/J knows
 * @param size the instructions it compiles to, roughly
 * @param parts what it is made of
 * @param times how often its part is repeated by {@code {n,m}}, the larger bound; -1 where it is no
 *     such repeat
 */
record Syntax(Literals literals, @Nullable Shape shape, long size, List<Syntax> parts, int times) {

  /** Go allows millions; a pattern of this size takes 10 MB here, and a rule has use for none. */
  private static final long LARGEST = 100_000;

  private static final int MOST_REPEATS = 1_000;

  /** Refuses what is too large. */
  Syntax {
    if (size > LARGEST) {
      throw new BadPatternException(
          "not a pattern that can be run: its repeats expand it to more than "
              + LARGEST
              + " instructions");
    }
  }

  /**
   * One character of a set. An unpaired surrogate by itself is left to RE2/J, which finds it as the
   * half of a pair too.
   */
  static Syntax character(Literals literals, CodePoints set) {
    boolean surrogate =
        set.ranges() == 1
            && set.first(0) == set.last(0)
            && Character.getType(set.first(0)) == Character.SURROGATE;
    return leaf(literals, surrogate ? null : new Shape.OneOf(set));
  }

  /** One character, or a place between two. */
  static Syntax leaf(Literals literals, @Nullable Shape shape) {
    return new Syntax(literals, shape, 1, List.of(), -1);
  }

  /** What only RE2/J makes sense of. */
  static Syntax unknown() {
    return leaf(Literals.UNKNOWN, null);
  }

  static Syntax concat(List<Syntax> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    Literals literals = Literals.concat(parts.stream().map(Syntax::literals).toList());
    Shape shape = shape(parts, Shape.Sequence::new);
    return new Syntax(literals, shape, 1 + sizeOf(parts), branching(parts), -1);
  }

  static Syntax alternate(List<Syntax> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    Literals literals = Literals.alternate(parts.stream().map(Syntax::literals).toList());
    Shape shape = shape(parts, Shape.Choice::new);
    return new Syntax(literals, shape, parts.size() + sizeOf(parts), branching(parts), -1);
  }

  private static @Nullable Shape shape(List<Syntax> parts, Function<List<Shape>, Shape> of) {
    List<Shape> shapes = new ArrayList<>(parts.size());
    for (Syntax part : parts) {
      if (part.shape == null) {
        return null;
      }
      shapes.add(part.shape);
    }
    return of.apply(shapes);
  }

  private @Nullable Shape repeated(int min, int max) {
    return shape == null ? null : new Shape.Repeated(shape, min, max);
  }

  /** By {@code *}, {@code +} or {@code ?}. */
  Syntax repeat(int min, int max) {
    return new Syntax(literals.repeat(min, max), repeated(min, max), size + 1, List.of(this), -1);
  }

  /** By {@code {min,max}}; max is -1 for without end. */
  Syntax countedRepeat(int min, int max, String written) {
    int larger = max < 0 ? min : max;
    if (larger >= 2 && (larger > MOST_REPEATS || !repeatsAtMost(MOST_REPEATS / larger))) {
      throw new BadPatternException(
          "not an RE2 pattern: invalid repeat count: `"
              + written
              + "`; with the repeats inside it, it comes to more than "
              + MOST_REPEATS);
    }
    return new Syntax(
        literals.repeat(min, max),
        repeated(min, max),
        1 + (size + 1) * Math.max(1, larger),
        List.of(this),
        larger);
  }

  /** Whether nested repeats, multiplied, stay within a number; as Go counts it. */
  private boolean repeatsAtMost(int most) {
    if (times == 0) {
      return true;
    }
    if (times > most) {
      return false;
    }
    int left = times > 0 ? most / times : most;
    return parts.stream().allMatch(part -> part.repeatsAtMost(left));
  }

  private static long sizeOf(List<Syntax> parts) {
    return parts.stream().mapToLong(Syntax::size).sum();
  }

  /** Leaves are of no further interest. */
  private static List<Syntax> branching(List<Syntax> parts) {
    return parts.stream().filter(part -> part.times >= 0 || !part.parts.isEmpty()).toList();
  }
}
