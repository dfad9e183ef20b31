package io.faultline.server.submit;

import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.set.SetDefinition;
import io.faultline.domain.set.SetIds;
import io.faultline.domain.workload.JobSetSpec;
import io.faultline.domain.workload.ReplicatedJobSpec;
import io.faultline.rules.job.Gang;
import io.faultline.rules.job.JobFile;
import io.faultline.rules.job.JobSubmission;
import io.faultline.rules.jobset.JobSetSubmission;
import io.faultline.server.control.AcceptedJob;
import io.faultline.server.control.AcceptedSet;
import io.faultline.server.control.AcceptedTemplate;
import io.faultline.server.submit.Request.Content;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Gives ids to what is accepted. */
final class Acceptance {

  private final JobIds ids;
  private final String owner;

  Acceptance(JobIds ids, String owner) {
    this.ids = ids;
    this.owner = owner;
  }

  Content file(JobFile file, Instant at) {
    Set<Integer> inGangs = new HashSet<>();
    file.gangs().forEach(gang -> inGangs.addAll(gang.members()));
    return new Content(
        IntStream.range(0, file.jobs().size())
            .filter(place -> !inGangs.contains(place))
            .mapToObj(place -> job(file, file.jobs().get(place), at))
            .toList(),
        file.gangs().stream().map(gang -> gang(file, gang, at)).toList());
  }

  private AcceptedJob job(JobFile file, JobSubmission job, Instant at) {
    JobIdentity identity =
        new JobIdentity(
            ids.next(at).toString(), file.queue(), file.jobSet(), job.gangId().orElse(null));
    return new AcceptedJob(spec(identity, job, job.clientId(), at), job.failFast(), null);
  }

  private JobSpec spec(JobIdentity identity, JobSubmission job, String clientId, Instant at) {
    return new JobSpec(
        identity,
        owner,
        clientId,
        job.namespace(),
        job.priority(),
        job.labels(),
        job.annotations(),
        job.podSpec(),
        at);
  }

  private AcceptedSet gang(JobFile file, Gang gang, Instant at) {
    JobIdentity set = new JobIdentity(ids.nextSet(at), file.queue(), file.jobSet(), gang.id());
    List<AcceptedTemplate> templates = new ArrayList<>();
    int first = 0;
    for (Gang.Template template : gang.templates()) {
      JobSubmission job = template.job();
      // a spec that stands for several says what holds for all of them
      String clientId = template.count() == 1 ? job.clientId() : "";
      JobSpec spec = spec(SetIds.job(set, first), job, clientId, at);
      templates.add(
          new AcceptedTemplate(
              new AcceptedJob(spec, gang.failFast(), null),
              SetDefinition.GANG_MEMBERS,
              template.count(),
              1));
      first += template.count();
    }
    List<String> clientIds =
        gang.members().stream().map(place -> file.jobs().get(place).clientId()).toList();
    return new AcceptedSet(
        set,
        gang.id(),
        owner,
        gang.failFast(),
        gang.failurePolicy().orElse(null),
        null,
        templates,
        clientIds.stream().allMatch(String::isEmpty) ? List.of() : clientIds,
        gang.members());
  }

  Content jobSet(JobSetSubmission submitted, Instant at) {
    String setId = ids.nextSet(at);
    JobIdentity set = new JobIdentity(setId, submitted.queue(), submitted.jobSet(), setId);
    JobSetSpec spec = submitted.set();
    List<AcceptedTemplate> templates = new ArrayList<>();
    int first = 0;
    for (ReplicatedJobSpec job : spec.replicatedJobs()) {
      JobSpec template = template(SetIds.job(set, first), spec, job, at);
      templates.add(
          new AcceptedTemplate(
              new AcceptedJob(template, false, null), job.name(), job.replicas(), job.pods()));
      first += job.replicas() * job.pods();
    }
    return new Content(
        List.of(),
        List.of(
            new AcceptedSet(
                set,
                spec.name(),
                owner,
                false,
                submitted.failurePolicy().orElse(null),
                submitted.manifest(),
                templates,
                List.of(),
                List.of())));
  }

  private JobSpec template(JobIdentity first, JobSetSpec set, ReplicatedJobSpec job, Instant at) {
    return new JobSpec(
        first,
        owner,
        "",
        set.namespace(),
        0,
        job.podLabels(),
        job.podAnnotations(),
        job.podSpec(),
        at,
        set.place(job));
  }
}
