package io.faultline.domain.pattern;

import java.util.List;

/** What a part of a pattern matches, for {@link Automaton}. */
sealed interface Shape {

  /** Nothing, anywhere. */
  Shape EMPTY = new Sequence(List.of());

  /**
   * Adds the steps that match this and then go on to another.
   *
   * @param next the number of the step to go on to
   * @return the number of the step to begin with
   */
  int before(int next, Program program);

  /** One character of a set. */
  record OneOf(CodePoints set) implements Shape {
    @Override
    public int before(int next, Program program) {
      return program.character(set, next);
    }
  }

  /** A place in the text. */
  enum Place implements Shape {
    START,
    END;

    @Override
    public int before(int next, Program program) {
      return program.place(this, next);
    }
  }

  /** One after the other. */
  record Sequence(List<Shape> parts) implements Shape {
    @Override
    public int before(int next, Program program) {
      int first = next;
      for (int i = parts.size() - 1; i >= 0; i--) {
        first = parts.get(i).before(first, program);
      }
      return first;
    }
  }

  /** Any one of several. */
  record Choice(List<Shape> branches) implements Shape {
    @Override
    public int before(int next, Program program) {
      int first = branches.get(branches.size() - 1).before(next, program);
      for (int i = branches.size() - 2; i >= 0; i--) {
        first = program.fork(branches.get(i).before(next, program), first);
      }
      return first;
    }
  }

  /**
   * The same several times.
   *
   * @param max -1 for without end
   */
  record Repeated(Shape part, int min, int max) implements Shape {
    @Override
    public int before(int next, Program program) {
      int first =
          max < 0
              ? program.loop(again -> part.before(again, program), next)
              : atMost(max - min, next, program);
      for (int i = 0; i < min; i++) {
        first = part.before(first, program);
      }
      return first;
    }

    private int atMost(int times, int next, Program program) {
      int first = next;
      for (int i = 0; i < times; i++) {
        first = program.fork(part.before(first, program), next);
      }
      return first;
    }
  }
}
