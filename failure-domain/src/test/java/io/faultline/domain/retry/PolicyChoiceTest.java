package io.faultline.domain.retry;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.domain.retry.PolicyChoice.PolicyInForce;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyChoiceTest {
  private static final Map<String, PolicyInForce> IN_FORCE =
      Map.of("own", policy("own", 7), "fallback", policy("fallback", 8));

  @Test
  void theQueuesPolicyComesBeforeTheDefaultOne() {
    assertThat(choose("own", "fallback"))
        .isEqualTo(new PolicyChoice("own", policy("own", 7), false));
    assertThat(choose("", "fallback").revision()).isEqualTo(8);
    assertThat(choose("", "")).isEqualTo(PolicyChoice.NONE);
  }

  @Test
  void aMissingPolicyGoesTheLegacyWayAndIsReported() {
    PolicyChoice choice = choose("gone", "fallback");
    assertThat(choice.policy()).isNull();
    assertThat(choice.unavailable()).isTrue();
    assertThat(choice.name()).isEqualTo("gone");
    assertThat(choose("", "gone").unavailable()).isTrue();
  }

  @Test
  void withRetriesOffNoPolicyIsLookedFor() {
    assertThat(PolicyChoice.choose(RetrySettings.DEFAULTS, "gone", IN_FORCE::get))
        .isEqualTo(PolicyChoice.NONE);
  }

  private static PolicyChoice choose(String queuePolicy, String defaultPolicy) {
    RetrySettings settings = new RetrySettings(true, 20, defaultPolicy, 5, "armada");
    return PolicyChoice.choose(settings, queuePolicy, IN_FORCE::get);
  }

  private static PolicyInForce policy(String name, long revision) {
    return new PolicyInForce(new RetryPolicy(name, 1, RetryAction.FAIL, List.of()), revision);
  }
}
