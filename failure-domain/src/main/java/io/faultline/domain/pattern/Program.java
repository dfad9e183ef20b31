package io.faultline.domain.pattern;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The steps by which a text is matched: a nondeterministic automaton, built from its end. */
final class Program {

  /** The step that says that the pattern is found. */
  static final int FOUND = 0;

  private static final int NONE = -1;

  /**
   * One step.
   *
   * @param set the number of the set that a character must be of; NONE where none is taken
   * @param place where in the text it must be; null for anywhere
   * @param next the step after it
   * @param other another step after it; NONE where there is one only
   */
  private record Step(int set, Shape.@Nullable Place place, int next, int other) {}

  private final List<Step> steps = new ArrayList<>();
  private final Map<CodePoints, Integer> sets = new LinkedHashMap<>();
  private int looked;

  Program() {
    fork(NONE, NONE); // the one that is FOUND
  }

  /** A step that takes a character of a set. */
  int character(CodePoints set, int next) {
    return add(new Step(sets.computeIfAbsent(set, s -> sets.size()), null, next, NONE));
  }

  /** A step that is passed in one place only. */
  int place(Shape.Place place, int next) {
    return add(new Step(NONE, place, next, NONE));
  }

  /** A step that takes nothing and goes on to either of two. */
  int fork(int next, int other) {
    return add(new Step(NONE, null, next, other));
  }

  /** A fork that goes round: on to what goes on to it, and to another step. */
  int loop(IntUnaryOperator before, int next) {
    int fork = fork(NONE, next);
    steps.set(fork, new Step(NONE, null, before.applyAsInt(fork), next));
    return fork;
  }

  private int add(Step step) {
    steps.add(step);
    return steps.size() - 1;
  }

  /** The sets of its steps, by their numbers. */
  List<CodePoints> sets() {
    return List.copyOf(sets.keySet());
  }

  /** How many steps were looked at so far: what the work was. */
  int looked() {
    return looked;
  }

  /**
   * The steps to go on to from some, with a character.
   *
   * @param taken the numbers of the sets that hold the character
   */
  BitSet after(BitSet from, BitSet taken) {
    BitSet after = new BitSet(steps.size());
    for (int i = from.nextSetBit(0); i >= 0; i = from.nextSetBit(i + 1)) {
      looked++;
      Step step = steps.get(i);
      if (step.set() != NONE && taken.get(step.set())) {
        after.set(step.next());
      }
    }
    return after;
  }

  /** All steps that are reached from some without taking a character, and these. */
  BitSet reached(BitSet from, boolean atStart, boolean atEnd) {
    BitSet reached = (BitSet) from.clone();
    int[] waiting = new int[steps.size()];
    int size = 0;
    for (int i = from.nextSetBit(0); i >= 0; i = from.nextSetBit(i + 1)) {
      waiting[size++] = i;
    }
    while (size > 0) {
      Step step = steps.get(waiting[--size]);
      looked++;
      boolean passed =
          step.place() == null || (step.place() == Shape.Place.START ? atStart : atEnd);
      if (step.set() == NONE && passed) {
        size = queue(step.next(), reached, waiting, size);
        size = queue(step.other(), reached, waiting, size);
      }
    }
    return reached;
  }

  private static int queue(int step, BitSet reached, int[] waiting, int size) {
    if (step == NONE || reached.get(step)) {
      return size;
    }
    reached.set(step);
    waiting[size] = step;
    return size + 1;
  }

  /** Leaves of some steps those that take a character. */
  BitSet taking(BitSet some) {
    BitSet taking = new BitSet(steps.size());
    some.stream().filter(i -> steps.get(i).set() != NONE).forEach(taking::set);
    return taking;
  }
}
