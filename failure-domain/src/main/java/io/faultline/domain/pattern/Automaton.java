package io.faultline.domain.pattern;

import org.jspecify.annotations.Nullable;

/**
 * Finds a pattern in one pass over a text, with one look into a table for each character. It means
 * exactly what RE2 means: it asks only whether there is a match, never which. Immutable; used by
 * many threads at once.
 */
final class Automaton {

  /** In place of a state: the pattern is found, whatever follows. */
  static final short FOUND = -1;

  /** In place of a state: the pattern can't be found any more, whatever follows. */
  static final short LOST = -2;

  private final Alphabet alphabet;

  /** By state and class of the next character; a state is the place where its row begins. */
  private final short[] table;

  /** By the number of the state's row. */
  private final boolean[] foundAtEnd;

  private final int start;

  Automaton(Alphabet alphabet, short[] table, boolean[] foundAtEnd, int start) {
    this.alphabet = alphabet;
    this.table = table;
    this.foundAtEnd = foundAtEnd;
    this.start = start;
  }

  /** The automaton of a pattern that RE2/J takes; null where there is none, or only a large one. */
  static @Nullable Automaton of(String pattern) {
    return Determinizer.automaton(Re2Parser.parse(pattern).syntax());
  }

  /** Whether the pattern matches somewhere in the text, which may be empty. */
  boolean find(String text) {
    int state = start;
    for (int i = 0; i < text.length() && state >= 0; i++) {
      int c = text.charAt(i);
      if (Character.isHighSurrogate((char) c)) {
        c = text.codePointAt(i);
        i += Character.charCount(c) - 1;
      }
      state = table[state + alphabet.classOf(c)];
    }
    return state >= 0 ? foundAtEnd[state / alphabet.size()] : state == FOUND;
  }
}
