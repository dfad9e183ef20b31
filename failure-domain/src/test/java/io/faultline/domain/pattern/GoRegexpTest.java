package io.faultline.domain.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compares with what Go said: go-regexp.txt was made by the program in go-regexp.go.txt. */
class GoRegexpTest {

  private record Case(String pattern, String text, String result) {}

  @Test
  void everyPatternMeansWhatGoSays() throws IOException {
    Map<String, Object> compiled = new HashMap<>();
    List<String> differences = new ArrayList<>();
    for (Case each : cases()) {
      Object pattern = compiled.computeIfAbsent(each.pattern(), GoRegexpTest::compile);
      String result =
          pattern instanceof Re2Pattern re2 ? String.valueOf(re2.find(each.text())) : "refused";
      if (!result.equals(each.result())) {
        differences.add(each + " but here " + result);
      }
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void whateverGoMatchesHoldsOneOfTheLiterals() throws IOException {
    Map<String, Re2Pattern> compiled = new HashMap<>();
    List<String> lost = new ArrayList<>();
    int withLiterals = 0;
    for (Case each : cases()) {
      if (each.result().equals("true")) {
        Set<String> literals =
            compiled.computeIfAbsent(each.pattern(), Re2Pattern::compile).literals();
        withLiterals += literals.isEmpty() ? 0 : 1;
        BitSet found = new BitSet();
        new LiteralIndex.Builder().add(literals, 0).build().find(each.text(), found);
        if (!literals.isEmpty() && found.isEmpty()) {
          lost.add(each + " needs " + literals);
        }
      }
    }
    assertThat(lost).isEmpty();
    assertThat(withLiterals).isGreaterThan(300);
  }

  private static Object compile(String pattern) {
    try {
      return Re2Pattern.compile(pattern);
    } catch (BadPatternException e) {
      assertThat(e.getMessage()).doesNotContain("\n");
      return e;
    }
  }

  private static List<Case> cases() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                GoRegexpTest.class.getResourceAsStream("go-regexp.txt"), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.split("\t"))
          .map(parts -> new Case(unquote(parts[0]), unquote(parts[1]), parts[2]))
          .toList();
    }
  }

  private static String unquote(String quoted) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < quoted.length() - 1; i++) {
      char c = quoted.charAt(i);
      if (c == '\\' && quoted.charAt(++i) == 'u') {
        text.append((char) Integer.parseInt(quoted.substring(i + 1, i + 5), 16));
        i += 4;
      } else {
        text.append(quoted.charAt(i));
      }
    }
    return text.toString();
  }
}
