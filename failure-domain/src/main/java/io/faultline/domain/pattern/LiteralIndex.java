package io.faultline.domain.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * Finds, in one pass over a text, for which ids one of their literals occurs in it: an automaton by
 * Aho and Corasick over folded characters. The time is linear in the text however often and however
 * nested literals occur, because each literal is reported once.
 */
public final class LiteralIndex {
  private static final int ROOT = 0;
  private static final int NONE = -1;
  private static final int ASCII = 128;

  private final Transitions transitions;

  /** Where an ASCII character, folded or not, leads from ROOT: most of a text is spent there. */
  private final int[] fromRoot = new int[ASCII];

  private final int[] fallback;

  /** The literal that ends in a state, or NONE. */
  private final int[] literalAt;

  /** The state of the next shorter literal that ends where this state's text does, or ROOT. */
  private final int[] shorter;

  private final int[][] idsOf;

  private LiteralIndex(Builder builder) {
    transitions = builder.transitions;
    int states = builder.states;
    fallback = new int[states];
    shorter = new int[states];
    literalAt = Arrays.copyOf(builder.literalAt, states);
    idsOf =
        builder.idsOf.stream()
            .map(ids -> ids.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    for (char c = 0; c < ASCII; c++) {
      fromRoot[c] = Math.max(ROOT, transitions.get(ROOT, Folding.fold(c)));
    }
    link(builder);
  }

  /** States are numbered in the order they were made, so a walk by depth takes a queue. */
  private void link(Builder builder) {
    int[] queue = new int[fallback.length];
    int tail = 1;
    for (int head = 0; head < tail; head++) {
      int state = queue[head];
      for (int child = builder.firstChild[state];
          child != NONE;
          child = builder.nextSibling[child]) {
        queue[tail++] = child;
        fallback[child] =
            state == ROOT ? ROOT : follow(fallback[state], builder.characterTo[child]);
        int below = fallback[child];
        shorter[child] = literalAt[below] == NONE ? shorter[below] : below;
      }
    }
  }

  private int follow(int from, char c) {
    int state = from;
    while (state != ROOT) {
      int next = transitions.get(state, c);
      if (next != NONE) {
        return next;
      }
      state = fallback[state];
    }
    return c < ASCII ? fromRoot[c] : Math.max(ROOT, transitions.get(ROOT, c));
  }

  /** Adds to {@code found} every id with a literal that occurs in the text. */
  public void find(String text, BitSet found) {
    if (idsOf.length == 0) {
      return;
    }
    BitSet seen = new BitSet(idsOf.length);
    int state = ROOT;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (state == ROOT && c < ASCII && fromRoot[c] == ROOT) {
        continue;
      }
      state = follow(state, Folding.fold(c));
      int ending = literalAt[state] == NONE ? shorter[state] : state;
      // once a literal was seen, so were all shorter ones that end with it
      while (ending != ROOT && !seen.get(literalAt[ending])) {
        seen.set(literalAt[ending]);
        for (int id : idsOf[literalAt[ending]]) {
          found.set(id);
        }
        ending = shorter[ending];
      }
    }
  }

  /** Collects literals. */
  public static final class Builder {
    private final Transitions transitions = new Transitions();
    private final List<List<Integer>> idsOf = new ArrayList<>();
    private int states = 1;
    private int[] literalAt = {NONE};
    private int[] firstChild = {NONE};
    private int[] nextSibling = {NONE};
    private char[] characterTo = {0};

    /**
     * Has an id found where one of the literals occurs.
     *
     * @param literals none empty
     * @param id from 0
     */
    public Builder add(Set<String> literals, int id) {
      for (String literal : literals) {
        if (literal.isEmpty()) {
          throw new IllegalArgumentException("an empty literal is in every text");
        }
        int state = stateOf(literal);
        if (literalAt[state] == NONE) {
          literalAt[state] = idsOf.size();
          idsOf.add(new ArrayList<>());
        }
        idsOf.get(literalAt[state]).add(id);
      }
      return this;
    }

    /** The index of what was added. */
    public LiteralIndex build() {
      return new LiteralIndex(this);
    }

    private int stateOf(String literal) {
      int state = ROOT;
      for (int i = 0; i < literal.length(); i++) {
        char c = Folding.fold(literal.charAt(i));
        int next = transitions.get(state, c);
        state = next == NONE ? newState(state, c) : next;
      }
      return state;
    }

    private int newState(int parent, char c) {
      int state = states++;
      if (state == literalAt.length) {
        literalAt = Arrays.copyOf(literalAt, state * 2);
        firstChild = Arrays.copyOf(firstChild, state * 2);
        nextSibling = Arrays.copyOf(nextSibling, state * 2);
        characterTo = Arrays.copyOf(characterTo, state * 2);
      }
      literalAt[state] = NONE;
      firstChild[state] = NONE;
      nextSibling[state] = firstChild[parent];
      firstChild[parent] = state;
      characterTo[state] = c;
      transitions.put(parent, c, state);
      return state;
    }
  }

  /** From state and character to state: an open hash table without objects. */
  private static final class Transitions {
    private long[] keys = new long[64];
    private int[] values = new int[64];
    private int size;

    int get(int state, char c) {
      long key = key(state, c);
      for (int slot = slot(key); keys[slot] != 0; slot = (slot + 1) & (keys.length - 1)) {
        if (keys[slot] == key) {
          return values[slot];
        }
      }
      return NONE;
    }

    void put(int state, char c, int next) {
      if (++size * 2 > keys.length) {
        grow();
      }
      insert(key(state, c), next);
    }

    private void insert(long key, int value) {
      int slot = slot(key);
      while (keys[slot] != 0) {
        slot = (slot + 1) & (keys.length - 1);
      }
      keys[slot] = key;
      values[slot] = value;
    }

    private void grow() {
      long[] oldKeys = keys;
      int[] oldValues = values;
      keys = new long[oldKeys.length * 2];
      values = new int[oldValues.length * 2];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != 0) {
          insert(oldKeys[i], oldValues[i]);
        }
      }
    }

    /** Never 0, which marks an empty slot. */
    private static long key(int state, char c) {
      return ((long) state + 1) << 16 | c;
    }

    private int slot(long key) {
      long mixed = key * 0x9E3779B97F4A7C15L;
      return (int) (mixed >>> 32) & (keys.length - 1);
    }
  }
}
