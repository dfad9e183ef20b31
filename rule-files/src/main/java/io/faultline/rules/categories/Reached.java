package io.faultline.rules.categories;

import io.faultline.domain.classify.matcher.Condition;
import io.faultline.domain.classify.matcher.ContainerScope;
import io.faultline.domain.classify.matcher.Matcher;
import io.faultline.domain.classify.matcher.OnConditions;
import io.faultline.domain.classify.matcher.OnExitCodes;
import io.faultline.domain.classify.matcher.OnPodEvents;
import io.faultline.domain.classify.matcher.OnTerminationMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds rules that earlier ones forestall. Each matcher is taken as any one of several simple ones;
 * it is forestalled when each of these, or a wider form of it, stood in an earlier rule.
 */
final class Reached {

  /** Simple matchers that were seen, with the line of the rule. */
  private final Map<Matcher, Integer> seen = new HashMap<>();

  /** Notes a rule; gives the last line of the earlier rules that leave it nothing, if they do. */
  Optional<Integer> before(Matcher matcher, int line) {
    List<Matcher> simple = simple(matcher);
    int last = 0;
    for (Matcher each : simple) {
      Integer earlier = earlier(each);
      last = earlier == null || last < 0 ? -1 : Math.max(last, earlier);
    }
    simple.forEach(each -> seen.putIfAbsent(each, line));
    return last > 0 ? Optional.of(last) : Optional.empty();
  }

  private Integer earlier(Matcher matcher) {
    Integer same = seen.get(matcher);
    return same != null ? same : seen.get(wider(matcher));
  }

  private static List<Matcher> simple(Matcher matcher) {
    List<Matcher> simple = new ArrayList<>();
    if (matcher instanceof OnConditions on) {
      for (Condition condition : on.conditions()) {
        boolean scoped = condition == Condition.OOM_KILLED;
        simple.add(new OnConditions(scoped ? on.scope() : ContainerScope.ALL, Set.of(condition)));
      }
    } else if (matcher instanceof OnExitCodes on && on.operator() == OnExitCodes.Operator.IN) {
      for (int value : on.values()) {
        if (value != 0) { // which never matches
          simple.add(new OnExitCodes(on.scope(), on.operator(), Set.of(value)));
        }
      }
    } else {
      simple.add(matcher);
    }
    return simple;
  }

  private static Matcher wider(Matcher matcher) {
    if (matcher instanceof OnConditions on) {
      return new OnConditions(ContainerScope.ALL, on.conditions());
    }
    if (matcher instanceof OnExitCodes on) {
      return new OnExitCodes(ContainerScope.ALL, on.operator(), on.values());
    }
    if (matcher instanceof OnTerminationMessage on) {
      return new OnTerminationMessage(ContainerScope.ALL, on.pattern());
    }
    return matcher instanceof OnPodEvents on
        ? new OnPodEvents(on.type(), "", on.message())
        : matcher;
  }
}
