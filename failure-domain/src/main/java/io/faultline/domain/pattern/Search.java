package io.faultline.domain.pattern;

import com.google.re2j.Pattern;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a pattern by its automaton where there is one, else by RE2/J, which takes some twenty
 * times as long. The automaton is made when it is first asked for: of ten thousand patterns few
 * ever are.
 */
final class Search implements Predicate<String> {
  private final String source;
  private final Pattern re2;

  /** Threads that come first at once make equal ones. */
  private volatile @Nullable Predicate<String> chosen;

  Search(String source, Pattern re2) {
    this.source = source;
    this.re2 = re2;
  }

  @Override
  public boolean test(String text) {
    Predicate<String> search = chosen;
    if (search == null) {
      Automaton automaton = Automaton.of(source);
      search = automaton == null ? other -> re2.matcher(other).find() : automaton::find;
      chosen = search;
    }
    return search.test(text);
  }
}
