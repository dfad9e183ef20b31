package io.faultline.cli.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.Ran;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerAddressTest {
  @TempDir Path folder;

  @Test
  void theOptionComesBeforeTheEnvironmentBeforeTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("c"), "server=http://file:1\ntoken=t\n");
    String config = file.toString();
    assertThat(asked(Map.of("FAULTLINE_CONFIG", config))).contains("http://file:1 ");
    assertThat(asked(Map.of("FAULTLINE_CONFIG", config, "FAULTLINE_SERVER", "http://env:2/")))
        .contains("http://env:2 ");
    assertThat(
            asked(
                Map.of("FAULTLINE_CONFIG", config, "FAULTLINE_SERVER", "http://env:2"),
                "--server",
                "http://option:3"))
        .contains("http://option:3 ");
  }

  @Test
  void theFileIsLookedForInTheUsersConfiguration() throws IOException {
    Path file = folder.resolve("faultline/client.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "server=http://xdg:1\n");
    assertThat(asked(Map.of("XDG_CONFIG_HOME", folder.toString()))).contains("http://xdg:1 ");
    Path home = Files.createDirectories(folder.resolve("home/.config"));
    Files.move(file.getParent(), home.resolve("faultline"));
    assertThat(asked(Map.of("HOME", folder.resolve("home").toString()))).contains("http://xdg:1 ");
  }

  @Test
  void theTokenOfTheFileIsOnlySentToTheServerOfTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("c"), "server=http://file:1\ntoken=t\n");
    io.faultline.cli.Console console =
        new io.faultline.cli.Console(
            java.io.InputStream.nullInputStream(),
            null,
            null,
            Map.of("FAULTLINE_CONFIG", file.toString())::get);
    assertThat(ServerAddress.find(console, null, null))
        .isEqualTo(new ServerAddress("http://file:1", "t"));
    assertThat(ServerAddress.find(console, "http://file:1/", null).token()).isEqualTo("t");
    assertThat(ServerAddress.find(console, "http://other:1", null).token()).isEmpty();
    assertThat(ServerAddress.find(console, "http://other:1", "mine").token()).isEqualTo("mine");
  }

  @Test
  void withoutAnyServerItSaysHowToGetOne() {
    Path none = folder.resolve("none");
    Ran ran = Ran.with("", Map.of("FAULTLINE_CONFIG", none.toString()), "get", "jobs");
    assertThat(ran)
        .isEqualTo(
            new Ran(
                3,
                "",
                "faultline: no server is known: there is no "
                    + none
                    + "; give --server, set FAULTLINE_SERVER, or start one with 'faultline up'\n"));
  }

  @Test
  void anAddressThatIsNoneAndAServerThatIsAwayAreSaid() throws IOException {
    assertThat(Ran.faultline("get", "jobs", "--server", "localhost:1").err())
        .isEqualTo(
            "faultline: the server's address is http://HOST:PORT or https://HOST:PORT, not \"localhost:1\"\n");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String away = "http://127.0.0.1:" + port;
    assertThat(Ran.faultline("get", "jobs", "--server", away))
        .isEqualTo(
            new Ran(3, "", "faultline: " + away + " can't be reached: nothing listens there\n"));
  }

  private static String asked(Map<String, String> environment, String... more) {
    String[] args = new String[more.length + 2];
    args[0] = "get";
    args[1] = "jobs";
    System.arraycopy(more, 0, args, 2, more.length);
    return Ran.with("", environment, args).err();
  }
}
