package io.faultline.cli.online;

import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.output.LineDiff;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import io.faultline.client.Kind;
import io.faultline.client.Resource;
import io.faultline.rules.resource.ResourceDocument;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code faultline diff}: what apply would change, or what changed between two revisions. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description =
        "Shows what apply would change (-f FILE), or what changed between two revisions (KIND NAME --from N)."
            + " Ends with 1 where something differs.")
public final class DiffCommand implements Callable<Integer> {
  private final Console console;

  @ArgGroup(multiplicity = "1")
  private What what;

  @Mixin private ServerOption server;

  /** What is compared. */
  static final class What {
    @ArgGroup(exclusive = false)
    private ResourceFiles files;

    @ArgGroup(exclusive = false)
    private Revisions revisions;
  }

  /** Two revisions of one resource. */
  static final class Revisions {
    @Parameters(index = "0", paramLabel = "KIND", description = Kinds.WORDS)
    private String kind;

    @Parameters(index = "1", paramLabel = "NAME", description = "its name")
    private String name;

    @Option(names = "--from", paramLabel = "N", required = true, description = "the earlier one")
    private long from;

    @Option(names = "--to", paramLabel = "M", description = "the later one (default: the newest)")
    private Long to;
  }

  public DiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    boolean differs =
        what.revisions == null
            ? differs(what.files.read(console))
            : differs(server.client(console), what.revisions);
    return (differs ? ExitCode.NO : ExitCode.FINE).number();
  }

  private boolean differs(List<ResourceDocument> documents) {
    RestClient client = server.client(console);
    boolean differs = false;
    for (ResourceDocument document : documents) {
      differs |= differs(client, document);
    }
    return differs;
  }

  private boolean differs(RestClient client, ResourceDocument document) {
    Kind kind = Kinds.client(document.kind());
    Optional<Resource> there = client.ask(c -> c.resources(kind).find(document.name()));
    String before = there.map(Resource::body).orElse("");
    if (there.isPresent() && before.strip().equals(document.body().strip())) {
      return false;
    }
    String name = document.kind().word() + "/" + document.name();
    print(
        there.isEmpty() ? "(nothing)" : name,
        document.node().file() + ": " + name,
        before,
        document.body());
    return true;
  }

  private boolean differs(RestClient client, Revisions given) {
    if (given.name == null) {
      throw new CliException(ExitCode.BAD_INPUT, "KIND and NAME go together");
    }
    Kind kind = Kinds.client(Kinds.of(given.kind));
    Resource from = client.ask(c -> c.resources(kind).at(given.name, given.from));
    Resource to =
        client.ask(
            c ->
                given.to == null
                    ? c.resources(kind).get(given.name)
                    : c.resources(kind).at(given.name, given.to));
    if (from.body().equals(to.body())) {
      return false;
    }
    print(shown(from), shown(to), from.body(), to.body());
    return true;
  }

  private static String shown(Resource resource) {
    return "%s/%s, revision %d by %s at %s"
        .formatted(
            resource.kind(),
            resource.name(),
            resource.revision(),
            resource.changedBy(),
            resource.changedAt());
  }

  private void print(String before, String after, String old, String now) {
    console.out().println("--- " + before);
    console.out().println("+++ " + after);
    LineDiff.of(old, now).forEach(console.out()::println);
  }
}
