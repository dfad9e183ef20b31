package io.faultline.server.events;

import io.faultline.server.events.Reset.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where one who brings a position goes on. Nothing that is kept is missed: what is too old goes on
 * with the earliest event kept of its partition; and since an offset that no event has had yet
 * tells that the whole position was of another topic, that goes on with the earliest event kept of
 * all.
 *
 * @param from where it goes on
 * @param reset why not where it was; empty where it is there
 */
public record Resumption(Offsets from, Optional<Reset> reset) {

  /**
   * Of a position on a topic. A partition that the position does not name goes on with its earliest
   * event.
   *
   * @param begins the earliest offset kept of each partition
   * @param ends the offset after the last of each
   */
  public static Resumption of(Position asked, Offsets begins, Offsets ends) {
    Map<Integer, Long> ordered = new TreeMap<>(asked.next());
    for (Map.Entry<Integer, Long> entry : ordered.entrySet()) {
      int partition = entry.getKey();
      if (partition >= ends.partitions()) {
        return unknown("there is no partition " + partition, begins);
      }
      if (entry.getValue() > ends.at(partition)) {
        return unknown(
            "partition %d ends before %d, and %d was asked for"
                .formatted(partition, ends.at(partition), entry.getValue()),
            begins);
      }
    }
    Offsets from = begins.copy();
    ordered.forEach(from::raise);
    for (Map.Entry<Integer, Long> entry : ordered.entrySet()) {
      long begin = begins.at(entry.getKey());
      if (entry.getValue() < begin) {
        String detail =
            "partition %d is kept from %d on, and %d was asked for; going on with the earliest that is kept"
                .formatted(entry.getKey(), begin, entry.getValue());
        return new Resumption(
            from, Optional.of(new Reset(Reason.TOO_OLD, detail, from.position())));
      }
    }
    return new Resumption(from, Optional.empty());
  }

  private static Resumption unknown(String why, Offsets begins) {
    String detail = why + ": this is another topic; going on with the earliest events kept";
    return new Resumption(
        begins.copy(), Optional.of(new Reset(Reason.UNKNOWN_POSITION, detail, begins.position())));
  }
}
