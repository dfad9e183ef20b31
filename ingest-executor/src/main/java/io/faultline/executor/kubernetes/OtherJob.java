package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.faultline.domain.evidence.MessageCut;
import io.faultline.domain.group.Fence;
import io.faultline.domain.group.GroupCounters;
import io.faultline.domain.group.GroupMember;
import io.faultline.domain.group.GroupShape;
import io.faultline.domain.group.JobFailureReason;
import io.faultline.domain.group.ReplicatedJob;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.watched.WatchedMember;
import io.faultline.domain.watched.WatchedSet;
import io.faultline.executor.kubernetes.OthersSettings.Mapping;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Job that others made where anything may be missing or edited by hand. */
record OtherJob(Job job) {

  private static final int DEFAULT_BACKOFF_LIMIT = 6;

  String uid() {
    return PodView.text(job.getMetadata().getUid());
  }

  String name() {
    return PodView.text(job.getMetadata().getName());
  }

  String namespace() {
    return PodView.text(job.getMetadata().getNamespace());
  }

  /** Namespace and name of its JobSet; empty where it stands alone. */
  Optional<String> setKey() {
    return OtherSets.setKey(job);
  }

  /** The UID of its JobSet, where it says one. */
  Optional<String> setUid() {
    return owners().stream()
        .filter(owner -> "JobSet".equals(owner.getKind()))
        .map(OwnerReference::getUid)
        .findFirst()
        .or(() -> OtherSets.word(job, OtherSets.SET_UID));
  }

  private List<OwnerReference> owners() {
    List<OwnerReference> owners = job.getMetadata().getOwnerReferences();
    return owners == null ? List.of() : owners;
  }

  /**
   * Why and when it failed; empty where it has not. Newer clusters say so at once, and once more
   * when the last of its pods has ended.
   */
  Optional<JobCondition> failure() {
    return condition("FailureTarget").or(() -> condition("Failed"));
  }

  private Optional<JobCondition> condition(String type) {
    return job.getStatus() == null || job.getStatus().getConditions() == null
        ? Optional.empty()
        : job.getStatus().getConditions().stream()
            .filter(c -> type.equals(c.getType()) && "True".equals(c.getStatus()))
            .findFirst();
  }

  /** When it failed; empty where that is not said. */
  Optional<Instant> failedAt() {
    return failure().flatMap(c -> PodView.time(c.getLastTransitionTime()));
  }

  /**
   * As a failed member of its set.
   *
   * @param mapping where its queue and its job set are said, which is looked for on its pods
   * @param now stands in where no time is said
   */
  WatchedMember failed(Mapping mapping, MessageCut messages, Instant now) {
    JobCondition why = failure().orElseThrow();
    Pod pod = asItsPods();
    String queue = mapping.queue().of(pod);
    Instant failedAt = failedAt().orElse(now);
    return new WatchedMember(
        new JobIdentity(
            uid(),
            queue.isEmpty() ? namespace() : queue,
            mapping.jobSet().of(pod),
            setKey().orElse(uid())),
        member(),
        new Fence(
            OtherSets.number(job, OtherSets.GENERATION).orElse(0),
            OtherSets.number(job, OtherSets.ATTEMPT).orElse(0)),
        PodView.text(why.getReason()),
        messages.head(PodView.text(why.getMessage())),
        job.getStatus() == null ? null : PodView.time(job.getStatus().getStartTime()).orElse(null),
        failedAt,
        PodView.time(job.getMetadata().getDeletionTimestamp())
            .filter(failedAt::isAfter)
            .isPresent(),
        failedPods(PodView.text(why.getReason())));
  }

  /** As a set of one; of a JobSet no more than the Job itself knows. */
  WatchedSet asSet() {
    if (setKey().isPresent()) {
      return new WatchedSet(
          setUid().orElse(setKey().get()),
          OtherSets.word(job, OtherSets.SET_NAME).orElse(""),
          WatchedSet.Kind.JOB_SET,
          List.of(),
          null,
          "the JobSet was not seen, so its failure policy is not known",
          GroupCounters.NONE);
    }
    List<ReplicatedJob> itself = List.of(new ReplicatedJob(name(), 1));
    OtherPolicy policy = OtherPolicy.annotated(job, new GroupShape(itself));
    return new WatchedSet(
        uid(),
        name(),
        WatchedSet.Kind.JOB,
        itself,
        policy.policy(),
        policy.problem(),
        GroupCounters.NONE);
  }

  private GroupMember member() {
    return setKey().isPresent()
        ? new GroupMember(
            name(),
            OtherSets.word(job, OtherSets.REPLICATED_JOB).orElse(""),
            OtherSets.number(job, OtherSets.JOB_INDEX).orElse(null))
        : new GroupMember(name(), name(), 0);
  }

  /** Just what its pods are told apart by. */
  private Pod asItsPods() {
    PodTemplateSpec template = job.getSpec() == null ? null : job.getSpec().getTemplate();
    ObjectMeta meta =
        template == null || template.getMetadata() == null
            ? new ObjectMeta()
            : new ObjectMetaBuilder(template.getMetadata()).build();
    meta.setNamespace(namespace());
    return new PodBuilder()
        .withMetadata(meta)
        .editMetadata()
        .addToLabels(Map.of("batch.kubernetes.io/job-name", name()))
        .endMetadata()
        .build();
  }

  /** Where containers start again within their pod, no pod need have failed. */
  private int failedPods(String reason) {
    boolean never =
        job.getSpec() != null
            && job.getSpec().getTemplate() != null
            && job.getSpec().getTemplate().getSpec() != null
            && "Never".equals(job.getSpec().getTemplate().getSpec().getRestartPolicy());
    if (!never || reason.equals(JobFailureReason.DEADLINE_EXCEEDED.word())) {
      return 0;
    }
    Integer limit = job.getSpec().getBackoffLimit();
    return reason.equals(JobFailureReason.BACKOFF_LIMIT_EXCEEDED.word())
        ? (limit == null ? DEFAULT_BACKOFF_LIMIT : limit) + 1
        : 1;
  }

  /** What says which Job it is, and in which version. */
  static Job key(Job job) {
    Job key = new Job();
    key.setMetadata(identity(job));
    return key;
  }

  static ObjectMeta identity(HasMetadata of) {
    ObjectMeta meta = new ObjectMeta();
    meta.setNamespace(of.getMetadata().getNamespace());
    meta.setName(of.getMetadata().getName());
    meta.setUid(of.getMetadata().getUid());
    meta.setResourceVersion(of.getMetadata().getResourceVersion());
    return meta;
  }
}
