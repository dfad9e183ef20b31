package io.faultline.cli.offline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.cli.CliException;
import io.faultline.cli.Console;
import io.faultline.cli.ExitCode;
import io.faultline.cli.InputFile;
import io.faultline.cli.output.Cells;
import io.faultline.cli.output.Output;
import io.faultline.cli.output.OutputOption;
import io.faultline.domain.classify.Categories;
import io.faultline.domain.classify.Classifier;
import io.faultline.domain.evidence.Evidence;
import io.faultline.domain.evidence.MessageCut;
import io.faultline.rules.categories.CategoriesReader;
import io.faultline.rules.json.ClassificationJson;
import io.faultline.rules.kubernetes.PodReader;
import io.faultline.rules.yaml.YamlNode;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code faultline classify}: what kind of failure a pod's is, by a file of categories. */
@Command(
    name = "classify",
    mixinStandardHelpOptions = true,
    description = "Says what kind of failure a pod's is, and by which rule.")
public final class ClassifyCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--categories",
      required = true,
      paramLabel = "FILE",
      description = "the categories, in any of their forms")
  private String categories;

  @Option(
      names = "--pod",
      required = true,
      paramLabel = "FILE",
      description = "the failed pod, as kubectl get pod -o json|yaml prints it")
  private String pod;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description = "its events, as kubectl prints them")
  private String events;

  @Option(
      names = "--pod-error",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "the message that the executor itself captured")
  private String podError;

  @Mixin private OutputOption output;

  public ClassifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (Stream.of(categories, pod, events).filter("-"::equals).count() > 1) {
      throw new CliException(
          ExitCode.BAD_INPUT, "only one of --categories, --pod and --events can be standard input");
    }
    Categories rules = CategoriesReader.read(document(categories));
    Optional<YamlNode> happened = Optional.ofNullable(events).map(this::document);
    Evidence evidence = PodReader.evidence(document(pod), happened, podError, MessageCut.STANDARD);
    ObjectNode answer = ClassificationJson.of(Classifier.classify(rules, evidence));
    new Output(console.out(), output.format()).one(answer, out -> print(out, answer));
    return ExitCode.FINE.number();
  }

  private YamlNode document(String path) {
    return InputFile.read(console, path).yaml().single();
  }

  private static void print(PrintWriter out, ObjectNode answer) {
    String category = Cells.at(answer, "category");
    String subcategory = Cells.at(answer, "subcategory");
    out.println(
        "Category:    "
            + (category.isEmpty() ? "none" : category)
            + (subcategory.isEmpty() ? "" : " / " + subcategory));
    out.println("Matching:    " + String.join(", ", strings(answer)));
    out.println(
        "Rule:        "
            + (answer.path("rule").isNull()
                ? "none"
                : "%s, rule %s"
                    .formatted(Cells.at(answer, "rule.category"), Cells.at(answer, "rule.index"))));
    out.println("Action:      " + Cells.at(answer, "action"));
    out.println("Exit code:   " + Cells.at(answer, "failureInfo.exitCode"));
    out.println("Container:   " + Cells.line(Cells.at(answer, "failureInfo.containerName"), 0));
    out.println();
    out.println(Cells.block(Cells.at(answer, "message")));
  }

  private static Iterable<String> strings(ObjectNode answer) {
    return () ->
        java.util.stream.StreamSupport.stream(answer.path("categories").spliterator(), false)
            .map(node -> Cells.line(node.asText(), 0))
            .iterator();
  }
}
