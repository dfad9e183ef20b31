package io.faultline.executor.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.faultline.domain.resources.Amount;
import io.faultline.domain.resources.ContainerAmount;
import io.faultline.domain.resources.GrownAmounts;
import io.faultline.domain.resources.Growth;
import io.faultline.domain.resources.Quantity;
import io.faultline.domain.retry.RunMutations;
import io.faultline.executor.cluster.Room;
import io.faultline.executor.pod.PodSpecException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the containers of a pod ask for. */
final class PodResources {

  private PodResources() {}

  /**
   * What the scheduler counts: the sum of the regular containers and of those init containers that
   * go on beside them, or the largest other init container where that is more, and the overhead.
   *
   * @throws PodSpecException where an amount is none
   */
  static Room needs(PodSpec spec) {
    Room together = Room.NONE;
    for (Container container : spec.getContainers()) {
      together = together.plus(needs(container));
    }
    long cpu = 0;
    long memory = 0;
    for (Container container : spec.getInitContainers()) {
      Room one = needs(container);
      if ("Always".equals(container.getRestartPolicy())) {
        together = together.plus(one);
      } else {
        cpu = Math.max(cpu, one.milliCpu());
        memory = Math.max(memory, one.memoryBytes());
      }
    }
    Room overhead = room(spec.getOverhead(), null);
    return new Room(1, Math.max(cpu, together.milliCpu()), Math.max(memory, together.memoryBytes()))
        .plus(overhead);
  }

  private static Room needs(Container container) {
    ResourceRequirements resources = container.getResources();
    return resources == null ? Room.NONE : room(resources.getRequests(), resources.getLimits());
  }

  private static Room room(
      @Nullable Map<String, io.fabric8.kubernetes.api.model.Quantity> requests,
      @Nullable Map<String, io.fabric8.kubernetes.api.model.Quantity> limits) {
    Quantity cpu = either(requests, limits, Amount.CPU.word());
    Quantity memory = either(requests, limits, Amount.MEMORY.word());
    return new Room(
        0,
        cpu == null ? 0 : new Quantity(cpu.value().movePointRight(3)).bytes(),
        memory == null ? 0 : memory.bytes());
  }

  private static @Nullable Quantity either(
      @Nullable Map<String, io.fabric8.kubernetes.api.model.Quantity> requests,
      @Nullable Map<String, io.fabric8.kubernetes.api.model.Quantity> limits,
      String name) {
    Quantity asked = quantity(requests, name);
    return asked != null ? asked : quantity(limits, name);
  }

  private static @Nullable Quantity quantity(
      @Nullable Map<String, io.fabric8.kubernetes.api.model.Quantity> amounts, String name) {
    io.fabric8.kubernetes.api.model.Quantity amount = amounts == null ? null : amounts.get(name);
    if (amount == null) {
      return null;
    }
    String format = amount.getFormat();
    String text = amount.getAmount() + (format == null ? "" : format);
    return Quantity.parse(text)
        .orElseThrow(
            () ->
                new PodSpecException(
                    "spec", "'" + text + "' of " + name + "; allowed: " + Quantity.ALLOWED));
  }

  /**
   * Grows requests, limits and the deadline by what earlier failures were granted.
   *
   * @throws PodSpecException where an amount is none
   */
  static void grow(PodSpec spec, RunMutations mutations) {
    for (Amount amount : Amount.values()) {
      List<Growth> growths = mutations.of(amount);
      if (growths.isEmpty()) {
        continue;
      }
      if (amount.ofContainers()) {
        growContainers(spec, amount, growths);
      } else if (spec.getActiveDeadlineSeconds() != null) {
        Quantity submitted = Quantity.ofBytes(spec.getActiveDeadlineSeconds());
        spec.setActiveDeadlineSeconds(GrownAmounts.one(amount, submitted, growths).bytes());
      }
    }
  }

  private static void growContainers(PodSpec spec, Amount amount, List<Growth> growths) {
    List<Container> containers = new ArrayList<>(spec.getContainers());
    containers.addAll(spec.getInitContainers());
    List<ContainerAmount> asked = new ArrayList<>();
    for (int i = 0; i < containers.size(); i++) {
      ResourceRequirements resources = containers.get(i).getResources();
      asked.add(
          new ContainerAmount(
              containers.get(i).getName(),
              i >= spec.getContainers().size(),
              resources == null ? null : quantity(resources.getRequests(), amount.word()),
              resources == null ? null : quantity(resources.getLimits(), amount.word())));
    }
    List<ContainerAmount> grown = GrownAmounts.of(amount, asked, growths);
    for (int i = 0; i < containers.size(); i++) {
      ResourceRequirements resources = containers.get(i).getResources();
      if (resources != null) {
        resources.setRequests(with(resources.getRequests(), amount, grown.get(i).request()));
        resources.setLimits(with(resources.getLimits(), amount, grown.get(i).limit()));
      }
    }
  }

  private static @Nullable Map<String, io.fabric8.kubernetes.api.model.Quantity> with(
      @Nullable Map<String, io.fabric8.kubernetes.api.model.Quantity> amounts,
      Amount amount,
      @Nullable Quantity grown) {
    if (amounts == null || grown == null) {
      return amounts;
    }
    Map<String, io.fabric8.kubernetes.api.model.Quantity> changed = new LinkedHashMap<>(amounts);
    changed.put(amount.word(), new io.fabric8.kubernetes.api.model.Quantity(grown.toString()));
    return changed;
  }
}
