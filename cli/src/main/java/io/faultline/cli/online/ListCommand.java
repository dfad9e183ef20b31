package io.faultline.cli.online;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputFormat;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;

/** {@code faultline get THINGS}: a list, or one of it. Its filters are those of the listing. */
@Command(mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  private final Console console;
  private final Listing listing;
  private CommandSpec spec;

  @Mixin private ServerOption server;
  private final OutputOption output = new OutputOption();
  private final FailureOutputOption failureOutput = new FailureOutputOption();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "at most so many, over as many pages as it takes (default: 100)")
  private int limit;

  private ListCommand(Console console, Listing listing) {
    this.console = console;
    this.listing = listing;
  }

  /** The command for a listing. */
  static CommandSpec spec(Console console, Listing listing) {
    ListCommand command = new ListCommand(console, listing);
    CommandSpec spec = CommandSpec.forAnnotatedObject(command).name(listing.name());
    command.spec = spec;
    spec.addMixin(
        "output",
        CommandSpec.forAnnotatedObject(listing.cases() ? command.failureOutput : command.output));
    spec.usageMessage().description("Shows " + listing.description() + ".");
    if (!listing.alias().isEmpty()) {
      spec.aliases(listing.alias().split(" "));
    }
    for (String filter : listing.filters()) {
      spec.addOption(
          OptionSpec.builder(option(filter))
              .paramLabel(filter.toUpperCase(Locale.ROOT))
              .type(String.class)
              .description("only those")
              .build());
    }
    if (listing.one()) {
      spec.addPositional(
          PositionalParamSpec.builder()
              .index("0")
              .arity("0..1")
              .paramLabel("ID")
              .type(String.class)
              .description("only this one")
              .build());
    }
    return spec;
  }

  private static String option(String filter) {
    return "--" + filter.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new CliException(ExitCode.BAD_INPUT, "--limit: " + limit + " is not 1 or more");
    }
    String id = listing.one() ? spec.positionalParameters().get(0).getValue() : null;
    if (listing.cases() && failureOutput.asCase()) {
      return asCase(id);
    }
    RestClient client = server.client(console);
    if (id != null) {
      one(client.get(listing.path() + "/" + RestClient.part(id)));
    } else {
      List<JsonNode> items = client.list(listing.path() + query(), limit);
      new Output(console.out(), format()).list(items, listing.columns());
    }
    return ExitCode.FINE.number();
  }

  private int asCase(String id) {
    if (id == null) {
      throw new CliException(
          ExitCode.BAD_INPUT, "-o case is for one failure: faultline get failure ID -o case");
    }
    console.out().print(FailureCase.of(server.client(console), id));
    return ExitCode.FINE.number();
  }

  private OutputFormat format() {
    return listing.cases() ? failureOutput.format() : output.format();
  }

  private void one(JsonNode thing) {
    boolean resource = thing.has("body");
    if (resource && format() == OutputFormat.YAML) {
      String body = thing.path("body").asText();
      console.out().print(body.endsWith("\n") ? body : body + "\n"); // as it was written
      return;
    }
    new Output(console.out(), format())
        .one(
            thing,
            out -> {
              if (thing.has("evidence")) {
                new Description(out).failure(thing);
              } else {
                listing.columns().print(out, List.of(thing), format() == OutputFormat.WIDE);
              }
            });
  }

  private String query() {
    StringBuilder query = new StringBuilder("?limit=" + Math.min(limit, 1000));
    for (String filter : listing.filters()) {
      String value = spec.findOption(option(filter)).getValue();
      if (value != null) {
        query.append('&').append(filter).append('=').append(RestClient.part(value));
      }
    }
    return query.toString();
  }
}
