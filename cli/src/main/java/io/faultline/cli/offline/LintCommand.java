package io.faultline.cli.offline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.InputFile;
import io.faultline.cli.online.ServerDocuments;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputOption;
import io.faultline.cli.rest.ServerOption;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.eventtest.EventTestReader;
import io.faultline.eventtest.TestJobsReader;
import io.faultline.rules.lint.LintWarning;
import io.faultline.rules.resource.AnyDocument;
import io.faultline.rules.resource.ResourceCheck;
import io.faultline.rules.resource.ResourcesLint;
import io.faultline.rules.yaml.RuleFileException;
import io.faultline.rules.yaml.YamlFile;
import io.faultline.rules.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code faultline lint}: whether files are accepted, and what in them is hardly meant. */
@Command(
    name = "lint",
    mixinStandardHelpOptions = true,
    description =
        "Checks categories, retry policies, queues, job files, JobSets, failure policies and tests, each by itself and all resources together. Ends with 2 where something is"
            + " refused, with --strict with 1 where there are warnings, else with 0.")
public final class LintCommand implements Callable<Integer> {
  private final Console console;

  @ArgGroup(exclusive = false, multiplicity = "1")
  private What what;

  /** What is looked at. */
  static final class What {
    @Option(
        names = {"-f", "--file"},
        arity = "1..*",
        paramLabel = "FILE",
        description = "the files; - is standard input")
    private List<String> files = List.of();

    @Option(
        names = "--server-resources",
        description = "what the server has as well; a file's resource stands in for the server's")
    private boolean server;
  }

  @Option(
      names = "--global-max-retries",
      paramLabel = "N",
      defaultValue = "20",
      description = "retryPolicy.globalMaxRetries as it is set (default: 20)")
  private int globalMaxRetries;

  @Option(
      names = "--default-policy",
      paramLabel = "NAME",
      defaultValue = "",
      description = "retryPolicy.defaultPolicyName as it is set (default: none)")
  private String defaultPolicy;

  @Option(names = "--strict", description = "warnings are a no as well")
  private boolean strict;

  @Mixin private ServerOption server;
  @Mixin private OutputOption output;

  /** What is no resource is not among them. */
  private final Map<String, ResourcesLint.Document> resources = new LinkedHashMap<>();

  private final ObjectNode answer = JsonNodeFactory.instance.objectNode();
  private final ArrayNode errors = answer.putArray("errors");
  private final ArrayNode warnings = answer.putArray("warnings");

  public LintCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (what.server) {
      for (ResourcesLint.Document each : ServerDocuments.all(server.client(console))) {
        resources.put(key(each), each);
      }
    }
    List<ResourcesLint.Document> ofServer = List.copyOf(resources.values());
    what.files.forEach(this::lint);
    ofServer.stream()
        .filter(each -> each.equals(resources.get(key(each))))
        .forEach(each -> lint(each.kind(), each.node()));
    ResourcesLint.of(
            resources.values(),
            new ResourcesLint.Around(globalMaxRetries, defaultPolicy, what.server))
        .forEach(this::warn);
    new Output(console.out(), output.format())
        .one(
            answer,
            out -> warnings.forEach(w -> out.println("warning: " + w.path("text").asText())));
    errors.forEach(e -> console.err().println("faultline: " + e.path("text").asText()));
    if (!errors.isEmpty()) {
      return ExitCode.BAD_INPUT.number();
    }
    return (strict && !warnings.isEmpty() ? ExitCode.NO : ExitCode.FINE).number();
  }

  private void lint(String path) {
    try {
      YamlFile file = InputFile.read(console, path).yaml();
      if (EventTestReader.isTest(file)) {
        lintEventTest(file);
        return;
      }
      List<YamlNode> written = file.documents().stream().filter(d -> !d.isNull()).toList();
      if (written.isEmpty()) {
        throw new RuleFileException(path, 0, 0, "", "the file is empty");
      }
      written.forEach(this::lint);
    } catch (RuleFileException e) {
      add(errors, e.file(), e.line(), e.column(), e.path(), e.problem());
    } catch (CliException e) {
      errors.addObject().put("file", path).put("text", e.getMessage());
    }
  }

  /** Its jobs are looked at where it has any: a test of a recorded stream needs none. */
  private static void lintEventTest(YamlFile file) {
    EventTestReader.read(file);
    if (file.documents().stream().anyMatch(d -> d.looseMap().written("jobs").isPresent())) {
      TestJobsReader.read(file, file.name());
    }
  }

  private void lint(YamlNode document) {
    try {
      AnyDocument.lint(document).forEach(this::warn);
      ResourcesLint.Document.of(document).ifPresent(each -> resources.put(key(each), each));
    } catch (RuleFileException e) {
      add(errors, e.file(), e.line(), e.column(), e.path(), e.problem());
    }
  }

  private void lint(ResourceKind kind, YamlNode ofServer) {
    try {
      ResourceCheck.lint(kind, ofServer).forEach(this::warn);
    } catch (RuleFileException e) {
      add(errors, e.file(), e.line(), e.column(), e.path(), e.problem());
    }
  }

  private static String key(ResourcesLint.Document document) {
    return document.kind() + "/" + document.name();
  }

  private void warn(LintWarning warning) {
    add(
        warnings,
        warning.file(),
        warning.line(),
        warning.column(),
        warning.path(),
        warning.message());
  }

  private static void add(
      ArrayNode list, String file, int line, int column, String path, String problem) {
    list.addObject()
        .put("file", file)
        .put("line", line)
        .put("column", column)
        .put("path", path)
        .put("message", problem)
        .put("text", new RuleFileException(file, line, column, path, problem).getMessage());
  }
}
