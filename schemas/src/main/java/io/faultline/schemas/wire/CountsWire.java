package io.faultline.schemas.wire;

import io.faultline.domain.classify.CountedRun;
import io.faultline.domain.classify.JobCounts;
import io.faultline.domain.classify.PodAction;

/** What the classifier remembers. */
final class CountsWire {

  private CountsWire() {}

  static io.faultline.schemas.avro.JobCounts counts(JobCounts counts) {
    return new io.faultline.schemas.avro.JobCounts(
        counts.failures(), counts.byCategory(), counts.lastAt());
  }

  static JobCounts counts(io.faultline.schemas.avro.JobCounts counts) {
    return new JobCounts(counts.getFailures(), counts.getByCategory(), counts.getLastAt());
  }

  static io.faultline.schemas.avro.CountedRun run(CountedRun run) {
    return new io.faultline.schemas.avro.CountedRun(
        run.errorId(),
        run.categoriesName(),
        run.categoriesRevision(),
        run.category(),
        run.subcategory(),
        run.categories(),
        run.hint(),
        Words.to(io.faultline.schemas.avro.PodAction.class, run.action()),
        ClassifyWire.rule(run.rule()),
        run.at(),
        run.fatal());
  }

  static CountedRun run(io.faultline.schemas.avro.CountedRun run) {
    return new CountedRun(
        run.getErrorId(),
        run.getCategoriesName(),
        run.getCategoriesRevision(),
        run.getCategory(),
        run.getSubcategory(),
        run.getCategories(),
        run.getHint(),
        Words.to(PodAction.class, run.getAction()),
        ClassifyWire.rule(run.getRule()),
        run.getFatal(),
        run.getAt());
  }
}
