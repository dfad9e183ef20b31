package io.faultline.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.cli.CliException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the extension looks for a system. */
class FaultlineExtensionTest {

  @Test
  void anAddressInTheEnvironmentIsTaken() {
    assertThat(
            FaultlineExtension.ofEnvironment(
                Map.of("FAULTLINE_SERVER", "http://there:1", "FAULTLINE_TOKEN", "t")::get))
        .isEqualTo(new Server("http://there:1", "t"));
    assertThat(FaultlineExtension.ofEnvironment(Map.of("FAULTLINE_SERVER", "http://there:1")::get))
        .isEqualTo(new Server("http://there:1", ""));
  }

  @Test
  void withoutAnAddressThereItIsTheEmbeddedOne() {
    assertThat(FaultlineExtension.ofEnvironment(Map.<String, String>of()::get)).isNull();
    assertThat(FaultlineExtension.ofEnvironment(Map.of("FAULTLINE_SERVER", "")::get)).isNull();
  }

  @Test
  void whatIsNoAddressIsRefused() {
    assertThatThrownBy(() -> faultline("there"))
        .isInstanceOf(CliException.class)
        .hasMessage("the server's address is http://HOST:PORT or https://HOST:PORT, not \"there\"");
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    Faultline faultline = faultline("http://127.0.0.1:1");
    assertThatThrownBy(() -> faultline.createQueue("q"))
        .hasMessage("http://127.0.0.1:1 can't be reached: nothing listens there");
    assertThatThrownBy(() -> faultline.apply("kind: Queue"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("(standard input):1:1: the key \"apiVersion\" is missing");
  }

  private static Faultline faultline(String server) {
    return new Faultline(new Server(server, ""), Duration.ofSeconds(1), "test");
  }
}
