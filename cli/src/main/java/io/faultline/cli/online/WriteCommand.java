package io.faultline.cli.online;

import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.rest.RestClient;
import io.faultline.cli.rest.ServerOption;
import io.faultline.client.Kind;
import io.faultline.client.Resource;
import io.faultline.client.Resources;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.rules.resource.ResourceDocument;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code faultline create|apply|update -f}: writes resources, and can wait until they hold. */
@Command(mixinStandardHelpOptions = true)
public final class WriteCommand implements Callable<Integer> {

  /** What becomes of a resource that is there already, or not. */
  public enum Mode {
    /** Refused where it is there. */
    CREATE,
    /** Refused where it is not. */
    UPDATE,
    /** Either. */
    APPLY
  }

  private final Console console;
  private final Mode mode;
  private final Set<ResourceKind> kinds;

  @Mixin private ResourceFiles files;
  @Mixin private ServerOption server;
  @Mixin private WriteOutput output;

  @Option(names = "--dry-run", description = "checks the files, asks no server, changes nothing")
  private boolean dryRun;

  /** One for resources of all kinds. */
  public WriteCommand(Console console, Mode mode) {
    this(console, mode, EnumSet.allOf(ResourceKind.class));
  }

  /** One that refuses resources of other kinds. */
  WriteCommand(Console console, Mode mode, Set<ResourceKind> kinds) {
    this.console = console;
    this.mode = mode;
    this.kinds = kinds;
  }

  @Override
  public Integer call() {
    List<ResourceDocument> documents = files.read(console);
    documents.forEach(this::checkKind);
    if (dryRun) {
      documents.forEach(
          document ->
              console.out().printf("%s %s is valid%n", document.kind().word(), document.name()));
      return ExitCode.FINE.number();
    }
    RestClient client = server.client(console);
    List<Resource> written = new ArrayList<>();
    for (ResourceDocument document : documents) {
      Kind kind = Kinds.client(document.kind());
      Resource resource = client.ask(c -> write(c.resources(kind), document));
      written.add(resource);
      output.wrote(console, resource);
    }
    return output.end(console, client, written);
  }

  private void checkKind(ResourceDocument document) {
    if (!kinds.contains(document.kind())) {
      throw new CliException(
          ExitCode.BAD_INPUT,
          "%s: a %s is expected, not the %s \"%s\""
              .formatted(
                  document.node().file(),
                  kinds.iterator().next().word(),
                  document.kind().word(),
                  document.name()));
    }
  }

  private Resource write(Resources resources, ResourceDocument document) {
    return switch (mode) {
      case CREATE ->
          document.plain()
              ? resources.create(document.name(), document.body())
              : resources.create(document.body());
      case UPDATE -> resources.update(document.name(), document.body());
      case APPLY -> resources.apply(document.name(), document.body());
    };
  }
}
