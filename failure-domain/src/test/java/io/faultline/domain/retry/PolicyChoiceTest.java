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
  void theQueuesPoliciesComeBeforeTheDefaultOne() {
    PolicyChoice own = choose("fallback", "own");
    assertThat(own.policies()).containsExactly(policy("own", 7).policy());
    assertThat(own.revision("own")).isEqualTo(7);
    assertThat(own.revision("fallback")).isZero();
    assertThat(choose("fallback").revision("fallback")).isEqualTo(8);
    assertThat(choose("")).isEqualTo(PolicyChoice.NONE);
  }

  @Test
  void aChainIsAskedInItsOrder() {
    assertThat(choose("", "own", "fallback").policies())
        .extracting(RetryPolicy::name)
        .containsExactly("own", "fallback");
  }

  @Test
  void aMissingPolicyGoesTheLegacyWayAndIsReported() {
    PolicyChoice choice = choose("fallback", "own", "gone");
    assertThat(choice.policies()).isEmpty();
    assertThat(choice.missing()).containsExactly("gone");
    assertThat(choice.names()).containsExactly("own", "gone");
    assertThat(choose("gone").missing()).containsExactly("gone");
  }

  @Test
  void aPolicyInTheShadowThatIsMissingIsNotAsked() {
    RetrySettings settings = new RetrySettings(true, 20, "", 5, "armada");
    assertThat(PolicyChoice.choose(settings, List.of("own"), "fallback", IN_FORCE::get).shadow())
        .isEqualTo(policy("fallback", 8));
    PolicyChoice gone = PolicyChoice.choose(settings, List.of("own"), "gone", IN_FORCE::get);
    assertThat(gone.shadow()).isNull();
    assertThat(gone.missing()).isEmpty();
  }

  @Test
  void withRetriesOffNoPolicyIsLookedFor() {
    assertThat(PolicyChoice.choose(RetrySettings.DEFAULTS, List.of("gone"), "", IN_FORCE::get))
        .isEqualTo(PolicyChoice.NONE);
  }

  private static PolicyChoice choose(String defaultPolicy, String... ofQueue) {
    RetrySettings settings = new RetrySettings(true, 20, defaultPolicy, 5, "armada");
    return PolicyChoice.choose(settings, List.of(ofQueue), "", IN_FORCE::get);
  }

  private static PolicyInForce policy(String name, long revision) {
    return new PolicyInForce(new RetryPolicy(name, 1, RetryAction.FAIL, null, List.of()), revision);
  }
}
