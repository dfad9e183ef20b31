package io.faultline.domain.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodePointsTest {
  private static final int SMALL = 40;

  @Property
  void aSetIsWhatWasPutIn(@ForAll("sets") List<int[]> one, @ForAll("sets") List<int[]> other) {
    BitSet bits = bits(one);
    CodePoints set = set(one);
    for (int c = 0; c <= SMALL; c++) {
      assertThat(set.contains(c)).isEqualTo(bits.get(c));
      assertThat(set.not().contains(c)).isEqualTo(!bits.get(c));
    }
    assertThat(set.each().toArray()).isEqualTo(bits.stream().toArray());
    assertThat(set.not().not()).isEqualTo(set);
    assertThat(set.not().contains(Character.MAX_CODE_POINT)).isTrue();
    assertThat(set.intersects(set(other))).isEqualTo(bits.intersects(bits(other)));
    for (int range = 1; range < set.ranges(); range++) {
      assertThat(set.first(range)).isGreaterThan(set.last(range - 1) + 1);
    }
  }

  @Property
  void asAClassItMatchesItself(@ForAll("sets") List<int[]> ranges) {
    CodePoints set = set(ranges);
    Pattern pattern = Pattern.compile(set.written());
    for (int c = 0; c <= SMALL; c++) {
      assertThat(pattern.matcher(Character.toString(c)).find()).isEqualTo(set.contains(c));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\d",
        "\\D",
        "\\s",
        "\\S",
        "\\w",
        "\\W",
        "[:alnum:]",
        "[:^alnum:]",
        "[:alpha:]",
        "[:ascii:]",
        "[:blank:]",
        "[:cntrl:]",
        "[:digit:]",
        "[:graph:]",
        "[:^graph:]",
        "[:lower:]",
        "[:print:]",
        "[:punct:]",
        "[:space:]",
        "[:upper:]",
        "[:word:]",
        "[:xdigit:]"
      })
  void namedSetsHoldWhatTheyHoldInRe2(String name) {
    for (boolean foldCase : List.of(false, true)) {
      CodePoints set = Objects.requireNonNull(NamedSets.of(name, foldCase));
      Pattern pattern = Pattern.compile((foldCase ? "(?i)" : "") + "[" + name + "]");
      for (int c = 0; c <= 0x2200; c++) {
        assertThat(set.contains(c))
            .as("%s of %s", c, pattern)
            .isEqualTo(pattern.matcher(Character.toString(c)).find());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\\pL", "\\PL", "\\p{Greek}", "[:foo:]", "[:Alpha:]", "[:^ALPHA:]", "[:^:]"})
  void otherNamesNameNoSet(String name) {
    assertThat(NamedSets.of(name, false)).isNull();
  }

  @Provide
  Arbitrary<List<int[]>> sets() {
    Arbitrary<Integer> place = Arbitraries.integers().between(0, SMALL);
    return Combinators.combine(place, place)
        .as((a, b) -> new int[] {Math.min(a, b), Math.max(a, b)})
        .list()
        .ofMaxSize(5);
  }

  private static CodePoints set(List<int[]> ranges) {
    return ranges.stream()
        .map(range -> CodePoints.range(range[0], range[1]))
        .reduce(CodePoints.NONE, CodePoints::or);
  }

  private static BitSet bits(List<int[]> ranges) {
    BitSet bits = new BitSet();
    ranges.forEach(range -> bits.set(range[0], range[1] + 1));
    return bits;
  }
}
