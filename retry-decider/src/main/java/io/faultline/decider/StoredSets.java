package io.faultline.decider;

import io.faultline.app.Recent;
import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.job.JobState;
import io.faultline.domain.set.SetDefinition;
import io.faultline.domain.set.SetLayout;
import io.faultline.domain.set.SetMember;
import io.faultline.domain.set.SetRecords;
import io.faultline.domain.set.SetState;
import io.faultline.schemas.StateCodec;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The sets of a task, in one store: under the set's id the set itself, under keys that begin with
 * it what it is and its members; under a job's id with a prefix that no set's id begins with, how
 * the job's run failed.
 */
final class StoredSets implements SetRecords {

  private static final int LAYOUTS = 64;
  private static final String DEFINITION = "/definition";
  private static final String MEMBER = "/member/";
  private static final String FAILURE = "failure/";

  private final KeyValueStore<String, byte[]> store;
  private final Jobs jobs;
  private final StateCodec<SetState> states = StateCodec.of(SetState.class);
  private final StateCodec<SetDefinition> definitions = StateCodec.of(SetDefinition.class);
  private final StateCodec<SetMember> members = StateCodec.of(SetMember.class);
  private final StateCodec<ClassifiedError> failures = StateCodec.of(ClassifiedError.class);

  /** What a set is never changes, and patterns take long to compile. */
  private final Map<String, SetLayout> layouts = new Recent<>(LAYOUTS);

  StoredSets(KeyValueStore<String, byte[]> store, Jobs jobs) {
    this.store = store;
    this.jobs = jobs;
  }

  @Override
  public @Nullable SetState set(String setId) {
    return get(states, setId);
  }

  @Override
  public void put(String setId, SetState set) {
    put(states, setId, set);
  }

  @Override
  public SetLayout layout(String setId) {
    return layouts.computeIfAbsent(
        setId,
        id -> {
          SetDefinition definition = get(definitions, id + DEFINITION);
          if (definition == null) {
            throw new IllegalStateException("what set " + id + " is was not kept");
          }
          return new SetLayout(definition);
        });
  }

  @Override
  public void define(String setId, SetDefinition definition) {
    put(definitions, setId + DEFINITION, definition);
  }

  @Override
  public void forget(String setId) {
    store.delete(setId + DEFINITION);
    layouts.remove(setId);
  }

  @Override
  public SetMember member(String setId, int ordinal) {
    SetMember member = get(members, setId + MEMBER + ordinal);
    return member == null ? SetMember.FRESH : member;
  }

  @Override
  public void put(String setId, int ordinal, SetMember member) {
    String key = setId + MEMBER + ordinal;
    if (member.equals(SetMember.FRESH)) {
      store.delete(key);
    } else {
      put(members, key, member);
    }
  }

  @Override
  public @Nullable JobState job(String jobId) {
    return jobs.get(jobId);
  }

  @Override
  public void put(String jobId, JobState job) {
    jobs.put(jobId, jobs.get(jobId), job);
  }

  @Override
  public @Nullable ClassifiedError failure(String jobId) {
    return get(failures, FAILURE + jobId);
  }

  @Override
  public void put(String jobId, @Nullable ClassifiedError failure) {
    if (failure == null) {
      store.delete(FAILURE + jobId);
    } else {
      put(failures, FAILURE + jobId, failure);
    }
  }

  private <V> @Nullable V get(StateCodec<V> codec, String key) {
    return codec.deserialize(DeciderTopology.SETS, store.get(key));
  }

  private <V> void put(StateCodec<V> codec, String key, V value) {
    store.put(key, codec.serialize(DeciderTopology.SETS, value));
  }
}
