package io.faultline.app;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of what was used last: of more entries than it holds, the one goes that was put or asked
 * for least lately. For one thread, or under a lock: reading changes it too.
 *
 * @param <K> of the keys
 * @param <V> of the values
 */
public final class Recent<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1L;

  private final int most;

  /**
   * An empty one.
   *
   * @param most how many entries it holds, at least 1
   */
  public Recent(int most) {
    super(16, 0.75f, true);
    if (most < 1) {
      throw new IllegalArgumentException("at least one entry is expected: " + most);
    }
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
