package io.faultline.junit;

import static io.faultline.eventtest.ExpectedEvents.failed;
import static io.faultline.eventtest.ExpectedEvents.running;
import static io.faultline.eventtest.ExpectedEvents.submitted;
import static io.faultline.eventtest.ExpectedEvents.succeeded;
import static io.faultline.junit.FaultlineAssertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Test classes that {@link SampleRun} runs. Each test says which system it is on. */
final class Samples {

  private static final String ENDLESS = "while :; do sleep 1; done";

  private Samples() {}

  /** Where the environment says, else embedded. */
  @ExtendWith(FaultlineExtension.class)
  static class WhereTheEnvironmentSays {

    @BeforeEach
    void rules(Faultline faultline) {
      faultline.apply(Jobs.RULES);
    }

    @Test
    void ends(Faultline faultline) {
      say(faultline);
      JobSet jobSet = faultline.submit(Jobs.script("exit 0"));
      jobSet.submit(Jobs.script("exit 0"));
      assertThat(jobSet).emits(submitted(), succeeded());
    }

    @Test
    void fails(Faultline faultline) {
      say(faultline);
      assertThat(faultline.submit(Jobs.script("exit 1")))
          .emits(submitted(), failed().withCategories("user"));
    }
  }

  /** The embedded one, through a constructor. */
  static class Embedded {

    @RegisterExtension static final FaultlineExtension EXTENSION = FaultlineExtension.embedded();

    private final Faultline faultline;

    Embedded(Faultline faultline) {
      this.faultline = faultline;
      faultline.apply(Jobs.RULES);
    }

    @Test
    void isLeft() {
      say(faultline);
      assertThat(faultline.submit(Jobs.script(ENDLESS))).emits(submitted(), running());
    }
  }

  /** Waits for what never comes. */
  @ExtendWith(FaultlineExtension.class)
  static class Endless {

    @Test
    void waits(Faultline faultline) {
      faultline.apply(Jobs.RULES);
      JobSet jobSet = faultline.submit(Jobs.script(ENDLESS));
      assertThat(jobSet).emits(submitted(), running());
      say(faultline);
      assertThat(jobSet).emits(succeeded());
    }
  }

  private static void say(Faultline faultline) {
    System.out.println("on " + faultline.serverUrl());
  }
}
