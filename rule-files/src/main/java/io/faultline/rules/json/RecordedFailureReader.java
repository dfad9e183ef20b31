package io.faultline.rules.json;

import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.evidence.EvidenceKind;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.RunIdentity;
import io.faultline.domain.retry.PastFailure;
import io.faultline.rules.yaml.YamlMap;
import io.faultline.rules.yaml.YamlNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a failure with what is known besides the evidence. */
final class RecordedFailureReader {
  private static final List<String> KEYS = new ArrayList<>(EvidenceReader.KEYS);

  static {
    KEYS.addAll(1, List.of("category", "subcategory", "categories", "fatal"));
    KEYS.addAll(List.of("job", "run", "counts", "rates", "history"));
  }

  private RecordedFailureReader() {}

  static RecordedFailure read(YamlNode node) {
    YamlMap map = node.map().only(KEYS);
    String category = map.textOrEmpty("category");
    List<PastFailure> history =
        map.find("history").map(n -> n.list(RecordedFailureReader::past)).orElse(List.of());
    return new RecordedFailure(
        EvidenceReader.readKnown(map),
        category,
        map.textOrEmpty("subcategory"),
        map.find("categories")
            .map(n -> n.list(YamlNode::text))
            .orElse(category.isEmpty() ? List.of() : List.of(category)),
        map.find("fatal").map(YamlNode::bool).orElse(false),
        map.find("job").map(RecordedFailureReader::job).orElse(new JobIdentity("", "", "", null)),
        map.find("run").map(RecordedFailureReader::run).orElse(RecordedFailure.Run.FIRST),
        counts(map.find("counts"), category, history),
        map.find("rates").map(RecordedFailureReader::rates).orElse(FailureRates.UNKNOWN),
        history);
  }

  private static JobIdentity job(YamlNode node) {
    YamlMap map = node.map().only("id", "queue", "jobSet", "gangId");
    return new JobIdentity(
        map.textOrEmpty("id"),
        map.textOrEmpty("queue"),
        map.textOrEmpty("jobSet"),
        map.find("gangId").map(YamlNode::text).orElse(null));
  }

  private static RecordedFailure.Run run(YamlNode node) {
    YamlMap map = node.map().only("id", "index", "executor", "cluster", "namespace", "podName");
    return new RecordedFailure.Run(
        new RunIdentity(
            map.textOrEmpty("id"),
            map.find("index").map(n -> (int) n.integer(0, Integer.MAX_VALUE)).orElse(0)),
        map.textOrEmpty("executor"),
        map.textOrEmpty("cluster"),
        map.textOrEmpty("namespace"),
        map.textOrEmpty("podName"));
  }

  /** Where they are not written, those that follow from the history. */
  private static FailureCounts counts(
      Optional<YamlNode> node, String category, List<PastFailure> history) {
    long ofCategory = history.stream().filter(past -> past.category().equals(category)).count();
    Optional<YamlMap> map = node.map(n -> n.map().only("job", "jobCategory"));
    return new FailureCounts(
        map.flatMap(m -> m.find("job"))
            .map(RecordedFailureReader::number)
            .orElse(history.size() + 1L),
        map.flatMap(m -> m.find("jobCategory"))
            .map(RecordedFailureReader::number)
            .orElse(ofCategory + 1));
  }

  private static FailureRates rates(YamlNode node) {
    YamlMap map = node.map().only("queueCategoryHour", "nodeHour");
    return new FailureRates(
        map.find("queueCategoryHour").map(RecordedFailureReader::number).orElse(0L),
        map.find("nodeHour").map(RecordedFailureReader::number).orElse(0L));
  }

  private static long number(YamlNode node) {
    return node.integer(0, Long.MAX_VALUE);
  }

  private static PastFailure past(YamlNode node) {
    YamlMap map =
        node.map().only("kind", "category", "subcategory", "exitCode", "node", "at", "rule");
    return new PastFailure(
        map.require("kind").word("kind", List.of(EvidenceKind.values()), EvidenceKind::word),
        map.textOrEmpty("category"),
        map.textOrEmpty("subcategory"),
        map.find("exitCode").map(YamlNode::int32).orElse(null),
        map.textOrEmpty("node"),
        map.find("at").map(EvidenceReader::instant).orElse(Instant.EPOCH),
        map.textOrEmpty("rule"));
  }
}
