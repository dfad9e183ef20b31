package io.faultline.app;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One memory budget for all RocksDB stores of the process: their blocks, indexes and write buffers
 * come out of one cache. Kafka Streams makes it by its class, so it is public.
 */
public final class BoundedStoreMemory implements RocksDBConfigSetter {

  /** The property with the budget in MiB; the first store opened in a process sets it. */
  static final String LIMIT_MIB = "faultline.store.memory.mib";

  private static final long MIB = 1L << 20;
  private static Cache cache;
  private static WriteBufferManager writeBuffers;

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    synchronized (BoundedStoreMemory.class) {
      if (cache == null) {
        long limit = Long.parseLong(String.valueOf(configs.getOrDefault(LIMIT_MIB, 64))) * MIB;
        cache = new LRUCache(limit);
        writeBuffers = new WriteBufferManager(limit / 2, cache);
      }
      BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
      table.setBlockCache(cache);
      table.setCacheIndexAndFilterBlocks(true);
      table.setPinTopLevelIndexAndFilter(true);
      options.setTableFormatConfig(table);
      options.setWriteBufferManager(writeBuffers);
      options.setWriteBufferSize(4 * MIB);
      options.setMaxWriteBufferNumber(2);
    }
  }

  /** Nothing: the cache is everybody's, and lives as long as the process. */
  @Override
  public void close(String storeName, Options options) {}
}
