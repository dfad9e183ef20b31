package io.faultline.domain.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the automaton of a pattern: each of its states stands for the steps that the pattern may be
 * at. There may be exponentially many, so it gives up soon: there may be ten thousand patterns.
 */
final class Determinizer {
  private static final int MOST_INSTRUCTIONS = 1_000;

  /** Two bytes each, and an entry is never less than its place. */
  private static final int MOST_ENTRIES = 8_192;

  /** Looks at a step: a millisecond or two. */
  private static final int MOST_LOOKS = 100_000;

  private final Program program;
  private final int entry;
  private final Alphabet alphabet;

  /** The state of being at some steps, or once more at the first. */
  private final Map<BitSet, Short> byAfter = new HashMap<>();

  private final Map<BitSet, Short> byState = new HashMap<>();
  private final List<BitSet> states = new ArrayList<>();

  private Determinizer(Program program, int entry, Alphabet alphabet) {
    this.program = program;
    this.entry = entry;
    this.alphabet = alphabet;
  }

  /** Null where only RE2/J knows what the pattern matches, or the automaton would be large. */
  static @Nullable Automaton automaton(Syntax syntax) {
    Shape shape = syntax.shape();
    if (shape == null || syntax.size() > MOST_INSTRUCTIONS) {
      return null;
    }
    Program program = new Program();
    int entry = shape.before(Program.FOUND, program);
    Alphabet alphabet = Alphabet.of(program.sets());
    return alphabet == null ? null : new Determinizer(program, entry, alphabet).automaton();
  }

  private @Nullable Automaton automaton() {
    short start = state(new BitSet(), true);
    short[] table = new short[MOST_ENTRIES];
    int entries = 0;
    for (int state = 0; state < states.size(); state++) {
      for (int number = 0; number < alphabet.size(); number++) {
        BitSet after = program.after(states.get(state), alphabet.setsOf(number));
        table[entries++] = byAfter.computeIfAbsent(after, steps -> state(steps, false));
      }
      if (states.size() * alphabet.size() > MOST_ENTRIES || program.looked() > MOST_LOOKS) {
        return null;
      }
    }
    boolean[] foundAtEnd = new boolean[states.size()];
    for (int state = 0; state < foundAtEnd.length; state++) {
      foundAtEnd[state] = states.get(state).get(Program.FOUND);
    }
    return new Automaton(alphabet, Arrays.copyOf(table, entries), foundAtEnd, start);
  }

  /**
   * The state of being at some steps, or once more at the first one: a match may begin anywhere. Of
   * the steps that are reached those make the state that take a character, and FOUND where that is
   * reached at the end of the text only.
   */
  private short state(BitSet after, boolean atStart) {
    BitSet steps = (BitSet) after.clone();
    steps.set(entry);
    BitSet reached = program.reached(steps, atStart, false);
    if (reached.get(Program.FOUND)) {
      return Automaton.FOUND;
    }
    BitSet state = program.taking(reached);
    state.set(Program.FOUND, program.reached(steps, atStart, true).get(Program.FOUND));
    if (state.isEmpty()) {
      return Automaton.LOST;
    }
    Short known = byState.get(state);
    if (known != null) {
      return known;
    }
    short row = (short) (states.size() * alphabet.size());
    states.add(state);
    byState.put(state, row);
    return row;
  }
}
