package io.faultline.domain.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class LiteralIndexTest {

  @Property(tries = 1000)
  void anIdIsFoundWhereOneOfItsLiteralsOccurs(
      @ForAll("literalSets") List<Set<String>> literalSets, @ForAll("texts") String text) {
    LiteralIndex.Builder builder = new LiteralIndex.Builder();
    BitSet expected = new BitSet();
    for (int id = 0; id < literalSets.size(); id++) {
      builder.add(literalSets.get(id), id);
      for (String literal : literalSets.get(id)) {
        if (plain(text).contains(plain(literal))) {
          expected.set(id);
        }
      }
    }
    BitSet found = new BitSet();
    builder.build().find(text, found);
    assertThat(found).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<Set<String>>> literalSets() {
    return letters(1, 5).set().ofMinSize(1).ofMaxSize(3).list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> texts() {
    return letters(0, 30);
  }

  private static Arbitrary<String> letters(int min, int max) {
    return Arbitraries.strings()
        .withChars("aAbkK\u212asS\u017fé")
        .ofMinLength(min)
        .ofMaxLength(max);
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replace("\u212a", "k").replace("\u017f", "s");
  }

  @Test
  void anEmptyLiteralIsRefused() {
    assertThatThrownBy(() -> new LiteralIndex.Builder().add(Set.of(""), 0))
        .hasMessageContaining("in every text");
  }

  @Test
  void literalsThatAreAllPartsOfOneAnotherStayLinear() {
    LiteralIndex.Builder builder = new LiteralIndex.Builder();
    for (int i = 1; i <= 3000; i++) {
      builder.add(Set.of("a".repeat(i)), i);
    }
    LiteralIndex index = builder.build();
    BitSet found = new BitSet();
    Assertions.assertTimeout(Duration.ofSeconds(10), () -> index.find("a".repeat(1 << 20), found));
    assertThat(found.cardinality()).isEqualTo(3000);
  }
}
