package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** docs/cli.md names every command and every option. */
class DocumentedCommandsTest {

  @TestFactory
  Stream<DynamicTest> everyCommandAndOptionIsDocumented() throws IOException {
    String text = Files.readString(Path.of("../docs/cli.md"));
    Console console =
        new Console(
            InputStream.nullInputStream(),
            new PrintWriter(new StringWriter()),
            new PrintWriter(new StringWriter()),
            name -> null);
    return all(FaultlineCommand.commandLine(console))
        .filter(command -> command.getParent() != null)
        .filter(command -> !command.getCommandName().equals("up")) // has a page of its own
        .map(
            command ->
                DynamicTest.dynamicTest(
                    command.getCommandSpec().qualifiedName(), () -> isDocumented(command, text)));
  }

  private static Stream<CommandLine> all(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().distinct().flatMap(DocumentedCommandsTest::all));
  }

  private static void isDocumented(CommandLine command, String text) {
    assertThat(text).contains(command.getCommandName());
    for (OptionSpec option : command.getCommandSpec().options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        assertThat(Stream.of(option.names())).anyMatch(text::contains);
      }
    }
  }
}
