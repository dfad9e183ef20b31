package io.faultline.cli.online;

import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Cells;
import io.faultline.cli.output.Columns;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputFormat;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.RestClient;
import io.faultline.client.Resource;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What commands that write resources print, and how long they wait; alike in all of them. */
final class WriteOutput {
  /** What the server calls the document that it was sent. */
  private static final String SENT = "body";

  private static final Columns COLUMNS =
      Columns.none()
          .add("KIND", "kind")
          .add("NAME", "name")
          .add("CHANGE", "change")
          .add("REVISION", "revision")
          .add("CHANGED AT", "changedAt")
          .add("BY", "changedBy");

  @Mixin private OutputOption output;

  @Option(names = "--wait", description = "until it is in force in every service")
  private boolean wait;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = Durations.class,
      description = "how long to wait at most: 30s, 5m (default: 60s); then the answer is no")
  private Duration timeout;

  /** Tells of one as soon as it is written, where people read; and always what is hardly meant. */
  void wrote(Console console, Resource resource) {
    String place = resource.kind() + "/" + resource.name();
    for (String warning : resource.warnings()) {
      String text = warning.startsWith(SENT) ? place + warning.substring(SENT.length()) : warning;
      console.err().println("warning: " + Cells.line(text, 0));
    }
    if (output.format() == OutputFormat.TABLE) {
      console
          .out()
          .printf(
              "%s %s %s (revision %d)%n",
              Cells.line(resource.kind(), 0),
              Cells.line(resource.name(), 0),
              Cells.line(resource.change(), 0),
              resource.revision());
      console.out().flush();
    }
  }

  /** Prints all, where programs read, and waits where that is asked for. */
  int end(Console console, RestClient client, List<Resource> written) {
    if (output.format() != OutputFormat.TABLE) {
      new Output(console.out(), output.format())
          .list(written.stream().map(Resource::json).toList(), COLUMNS);
    }
    if (!wait) {
      return ExitCode.FINE.number();
    }
    long newest = written.stream().mapToLong(Resource::revision).max().orElse(0);
    return new InForce(console, client, newest).await(timeout).number();
  }
}
