package io.faultline.rules.table;

import io.faultline.domain.classify.matcher.Condition;
import io.faultline.domain.classify.matcher.ContainerScope;
import io.faultline.domain.classify.matcher.Matcher;
import io.faultline.domain.classify.matcher.OnConditions;
import io.faultline.domain.classify.matcher.OnExitCodes;
import io.faultline.domain.classify.matcher.OnPodError;
import io.faultline.domain.classify.matcher.OnPodEvents;
import io.faultline.domain.classify.matcher.OnTerminationMessage;

/** What a rule asks, on one line, in the words of the file. */
final class MatcherText {

  private MatcherText() {}

  static String of(Matcher matcher) {
    if (matcher instanceof OnConditions on) {
      return "onConditions "
          + on.conditions().stream().map(Condition::word).sorted().toList()
          + scope(on.scope());
    }
    if (matcher instanceof OnExitCodes on) {
      return "onExitCodes "
          + on.operator().word()
          + " "
          + on.values().stream().sorted().toList()
          + scope(on.scope());
    }
    if (matcher instanceof OnTerminationMessage on) {
      return "onTerminationMessage \"" + on.pattern().source() + "\"" + scope(on.scope());
    }
    if (matcher instanceof OnPodError on) {
      return "onPodError \"" + on.pattern().source() + "\"";
    }
    if (matcher instanceof OnPodEvents on) {
      return "onPodEvents %s%s \"%s\""
          .formatted(
              on.type(), on.reason().isEmpty() ? "" : " " + on.reason(), on.message().source());
    }
    throw new IllegalArgumentException("no words for " + matcher.getClass());
  }

  private static String scope(ContainerScope scope) {
    return scope.containerName().isEmpty() ? "" : " of container " + scope.containerName();
  }
}
