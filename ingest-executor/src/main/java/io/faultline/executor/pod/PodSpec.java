package io.faultline.executor.pod;

import io.faultline.domain.resources.Amount;
import io.faultline.domain.resources.ContainerAmount;
import io.faultline.domain.resources.GrownAmounts;
import io.faultline.domain.resources.Quantity;
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

  /** The same pod with what earlier failures were granted. */
  public PodSpec mutated(RunMutations mutations) {
    List<ContainerSpec> all = new ArrayList<>(containers);
    all.addAll(initContainers);
    List<ContainerAmount> cpu =
        grown(Amount.CPU, all.stream().map(ContainerSpec::cpu).toList(), mutations);
    List<ContainerAmount> memory =
        grown(Amount.MEMORY, all.stream().map(ContainerSpec::memory).toList(), mutations);
    List<ContainerSpec> grown = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      grown.add(all.get(i).with(cpu.get(i), memory.get(i)));
    }
    return new PodSpec(
        grown.subList(0, containers.size()),
        grown.subList(containers.size(), grown.size()),
        deadline(mutations),
        graceSeconds);
  }

  private static List<ContainerAmount> grown(
      Amount amount, List<ContainerAmount> asked, RunMutations mutations) {
    return GrownAmounts.of(amount, asked, mutations.of(amount));
  }

  private OptionalLong deadline(RunMutations mutations) {
    if (activeDeadlineSeconds.isEmpty()) {
      return activeDeadlineSeconds;
    }
    Quantity submitted = Quantity.ofBytes(activeDeadlineSeconds.getAsLong());
    Amount deadline = Amount.ACTIVE_DEADLINE;
    return OptionalLong.of(GrownAmounts.one(deadline, submitted, mutations.of(deadline)).bytes());
  }

  private static Room needs(ContainerSpec container) {
    return new Room(0, container.milliCpu(), container.memoryRequestBytes());
  }
}
