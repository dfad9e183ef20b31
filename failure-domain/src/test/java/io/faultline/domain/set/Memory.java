package io.faultline.domain.set;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.job.JobState;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Records as they are, in memory. */
final class Memory implements SetRecords {
  final Map<String, SetState> sets = new HashMap<>();
  final Map<String, SetLayout> layouts = new HashMap<>();
  final Map<String, SetMember> members = new HashMap<>();
  final Map<String, JobState> jobs = new HashMap<>();
  final Map<String, ClassifiedError> failures = new HashMap<>();

  @Override
  public @Nullable SetState set(String setId) {
    return sets.get(setId);
  }

  @Override
  public void put(String setId, SetState set) {
    sets.put(setId, set);
  }

  @Override
  public SetLayout layout(String setId) {
    return Objects.requireNonNull(layouts.get(setId));
  }

  @Override
  public void define(String setId, SetDefinition definition) {
    layouts.put(setId, new SetLayout(definition));
  }

  @Override
  public void forget(String setId) {
    layouts.remove(setId);
  }

  @Override
  public SetMember member(String setId, int ordinal) {
    return members.getOrDefault(setId + ordinal, SetMember.FRESH);
  }

  @Override
  public void put(String setId, int ordinal, SetMember member) {
    if (member.equals(SetMember.FRESH)) {
      members.remove(setId + ordinal);
    } else {
      members.put(setId + ordinal, member);
    }
  }

  @Override
  public @Nullable JobState job(String jobId) {
    return jobs.get(jobId);
  }

  @Override
  public void put(String jobId, JobState job) {
    jobs.put(jobId, job);
  }

  @Override
  public @Nullable ClassifiedError failure(String jobId) {
    return failures.get(jobId);
  }

  @Override
  public void put(String jobId, @Nullable ClassifiedError failure) {
    if (failure == null) {
      failures.remove(jobId);
    } else {
      failures.put(jobId, failure);
    }
  }
}
