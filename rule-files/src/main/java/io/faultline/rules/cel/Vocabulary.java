package io.faultline.rules.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import io.faultline.domain.classify.FailureCounts;
import io.faultline.domain.classify.FailureRates;
import io.faultline.domain.evidence.ContainerEvidence;
import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.evidence.JobError;
import io.faultline.domain.evidence.PodEvent;
import io.faultline.domain.evidence.Termination;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.retry.FailureContext;
import io.faultline.domain.retry.PastFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an expression can ask about: the variables, and of each the fields. There is no clock among
 * them, so that a decision depends on nothing but its inputs.
 */
enum Vocabulary {
  FAILURE("failure", Shapes.FAILURE, context -> context),
  JOB("job", Shapes.JOB, context -> context.error().job()),
  RUN("run", Shapes.RUN, FailureContext::error),
  COUNTS("counts", Shapes.COUNTS, FailureContext::counts),
  RATES("rates", Shapes.RATES, FailureContext::rates),
  /** The job's earlier failures, oldest first: the only variable that is a list. */
  HISTORY("history", Shapes.PAST, FailureContext::history);

  private static final Map<String, Vocabulary> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(Vocabulary::word, each -> each));

  private final String word;

  @SuppressWarnings("ImmutableEnumChecker") // fields, each a pure function
  private final Shape<?> shape;

  @SuppressWarnings("ImmutableEnumChecker") // a pure function
  private final Function<FailureContext, Object> value;

  Vocabulary(String word, Shape<?> shape, Function<FailureContext, Object> value) {
    this.word = word;
    this.shape = shape;
    this.value = value;
  }

  /** As expressions name it. */
  String word() {
    return word;
  }

  /** Of the variable, or of what it is a list of. */
  Shape<?> shape() {
    return shape;
  }

  CelType type() {
    return this == HISTORY ? ListType.create(shape.reference()) : shape.reference();
  }

  /** What it is for one failure: of the shape, or a list of such. */
  Object of(FailureContext context) {
    return value.apply(context);
  }

  static Optional<Vocabulary> ofWord(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  static List<String> words() {
    return List.of(values()).stream().map(Vocabulary::word).toList();
  }

  /** Of all shapes, those of the variables and those inside of them. */
  static ImmutableList<CelType> types() {
    return ImmutableList.<CelType>builder()
        .add(Shapes.CONTAINER.type(), Shapes.EVENT.type())
        .addAll(List.of(values()).stream().map(each -> each.shape.type()).iterator())
        .build();
  }

  /** Apart, as the constants of an enum are made before its other fields. */
  private static final class Shapes {
    private static final Shape<ContainerEvidence> CONTAINER =
        Shape.<ContainerEvidence>named("Container")
            .text("name", ContainerEvidence::name)
            .number("exitCode", c -> of(c, end -> (long) end.exitCode()))
            .number("signal", c -> of(c, end -> (long) end.signal()))
            .text("reason", c -> of(c, Termination::reason))
            .text("message", c -> of(c, Termination::message))
            .text("image", ContainerEvidence::image)
            .truth("init", c -> c.role() == ContainerRole.INIT)
            .build();

    private static final Shape<PodEvent> EVENT =
        Shape.<PodEvent>named("Event")
            .text("type", PodEvent::type)
            .text("reason", PodEvent::reason)
            .text("message", PodEvent::message)
            .build();

    private static final Shape<FailureContext> FAILURE =
        Shape.<FailureContext>named("Failure")
            .text("kind", f -> f.error().evidence().kind().word())
            .text("category", f -> f.info().category())
            .text("subcategory", f -> f.info().subcategory())
            .texts("categories", f -> f.info().categories())
            .truth("fatal", FailureContext::fatal)
            .text("podReason", f -> f.error().evidence().podReason())
            .text("podMessage", f -> f.error().evidence().podMessage())
            .text("podError", f -> f.error().evidence().podError())
            .text("node", f -> f.error().evidence().node())
            .number("exitCode", f -> number(f.info().exitCode()))
            .text("terminationMessage", f -> f.info().terminationMessage())
            .text("containerName", f -> f.info().containerName())
            .list("containers", CONTAINER, f -> f.error().evidence().containers())
            .list("events", EVENT, f -> f.error().evidence().events())
            .build();

    private static final Shape<JobIdentity> JOB =
        Shape.<JobIdentity>named("Job")
            .text("id", JobIdentity::jobId)
            .text("queue", JobIdentity::queue)
            .text("jobSet", JobIdentity::jobSet)
            .text("gangId", j -> j.gangId() == null ? "" : j.gangId())
            .build();

    private static final Shape<JobError> RUN =
        Shape.<JobError>named("Run")
            .text("id", e -> e.run().runId())
            .number("index", e -> (long) e.run().index())
            .text("executor", JobError::executor)
            .text("cluster", JobError::cluster)
            .text("namespace", JobError::namespace)
            .text("podName", JobError::podName)
            .text("node", e -> e.evidence().node())
            .build();

    private static final Shape<FailureCounts> COUNTS =
        Shape.<FailureCounts>named("Counts")
            .number("job", FailureCounts::job)
            .number("jobCategory", FailureCounts::jobCategory)
            .build();

    private static final Shape<FailureRates> RATES =
        Shape.<FailureRates>named("Rates")
            .number("queueCategoryHour", FailureRates::queueCategoryHour)
            .number("nodeHour", FailureRates::nodeHour)
            .build();

    private static final Shape<PastFailure> PAST =
        Shape.<PastFailure>named("PastFailure")
            .text("kind", p -> p.kind().word())
            .text("category", PastFailure::category)
            .text("subcategory", PastFailure::subcategory)
            .number("exitCode", p -> number(p.exitCode()))
            .text("node", PastFailure::node)
            .time("at", PastFailure::at)
            .text("rule", PastFailure::rule)
            .build();

    private static @Nullable Object number(@Nullable Integer number) {
      return number == null ? null : Long.valueOf(number);
    }

    private static @Nullable Object of(
        ContainerEvidence container, Function<Termination, Object> field) {
      Termination end = container.termination();
      return end == null ? null : field.apply(end);
    }
  }
}
