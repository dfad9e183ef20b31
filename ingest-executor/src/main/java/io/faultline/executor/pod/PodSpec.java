package io.faultline.executor.pod;

import io.faultline.domain.resources.ContainerMemory;
import io.faultline.domain.resources.GrownMemory;
import io.faultline.domain.retry.RunMutations;
import io.faultline.executor.cluster.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The part of a pod spec that is honoured.
 *
 * @param containers the regular ones, in the pod's order; at least one
 * @param initContainers those that run before them, one after another
 * @param activeDeadlineSeconds how long the pod may be active, at least 1; empty for ever
 * @param graceSeconds how long it may take to end after SIGTERM; 0 kills at once
 */
public record PodSpec(
    List<ContainerSpec> containers,
    List<ContainerSpec> initContainers,
    OptionalLong activeDeadlineSeconds,
    long graceSeconds) {

  /** Copies the lists. */
  public PodSpec {
    containers = List.copyOf(containers);
    initContainers = List.copyOf(initContainers);
  }

  /**
   * What the pod takes: the sum of its regular containers, or its largest init container where that
   * is more.
   */
  public Room needs() {
    Room regular = Room.NONE;
    for (ContainerSpec container : containers) {
      regular = regular.plus(needs(container));
    }
    long cpu = regular.milliCpu();
    long memory = regular.memoryBytes();
    for (ContainerSpec container : initContainers) {
      cpu = Math.max(cpu, needs(container).milliCpu());
      memory = Math.max(memory, needs(container).memoryBytes());
    }
    return new Room(1, cpu, memory);
  }

  /** The same pod with the memory that earlier failures were granted. */
  public PodSpec mutated(RunMutations mutations) {
    List<ContainerSpec> all = new ArrayList<>(containers);
    all.addAll(initContainers);
    List<ContainerMemory> memory =
        GrownMemory.of(all.stream().map(ContainerSpec::memory).toList(), mutations.memory());
    List<ContainerSpec> grown = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      grown.add(all.get(i).withMemory(memory.get(i)));
    }
    return new PodSpec(
        grown.subList(0, containers.size()),
        grown.subList(containers.size(), grown.size()),
        activeDeadlineSeconds,
        graceSeconds);
  }

  private static Room needs(ContainerSpec container) {
    return new Room(0, container.milliCpu(), container.memoryRequestBytes());
  }
}
