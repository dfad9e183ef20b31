package io.faultline.executor.pod;

import io.faultline.domain.evidence.ContainerRole;
import io.faultline.domain.resources.ContainerAmount;
import io.faultline.domain.resources.Quantity;
import java.util.List;

/**
 * One container of a pod spec.
 *
 * @param name a DNS label
 * @param role regular or init
 * @param image as written; recorded, never pulled
 * @param command the program and its first arguments, those of {@code args} where the spec has no
 *     {@code command}; not empty
 * @param args more arguments
 * @param env the environment, in the order of the spec
 * @param workingDir where it runs; empty for a folder of its own
 * @param cpu what it asks for of a processor, and its limit
 * @param memory what it asks for, and its limit
 * @param terminationMessagePath where it writes its last words
 * @param fallbackToLogs whether the end of its log stands in where it wrote none
 */
public record ContainerSpec(
    String name,
    ContainerRole role,
    String image,
    List<String> command,
    List<String> args,
    List<EnvVar> env,
    String workingDir,
    ContainerAmount cpu,
    ContainerAmount memory,
    String terminationMessagePath,
    boolean fallbackToLogs) {

  /** Kubernetes' default of {@code terminationMessagePath}. */
  public static final String DEFAULT_MESSAGE_PATH = "/dev/termination-log";

  /** Copies the lists. */
  public ContainerSpec {
    command = List.copyOf(command);
    args = List.copyOf(args);
    env = List.copyOf(env);
  }

  /** The same container with other amounts. */
  public ContainerSpec with(ContainerAmount otherCpu, ContainerAmount otherMemory) {
    return new ContainerSpec(
        name,
        role,
        image,
        command,
        args,
        env,
        workingDir,
        otherCpu,
        otherMemory,
        terminationMessagePath,
        fallbackToLogs);
  }

  /**
   * Thousandths of a processor it asks for; its limit where only that is given, 0 where neither.
   */
  public long milliCpu() {
    Quantity asked = cpu.weight();
    return asked == null ? 0 : new Quantity(asked.value().movePointRight(3)).bytes();
  }

  /** Bytes of memory it asks for; its limit where only that is given, 0 where neither. */
  public long memoryRequestBytes() {
    Quantity asked = memory.weight();
    return asked == null ? 0 : asked.bytes();
  }

  /** Its memory limit in bytes; 0 where there is none. */
  public long memoryLimitBytes() {
    Quantity limit = memory.limit();
    return limit == null ? 0 : limit.bytes();
  }
}
