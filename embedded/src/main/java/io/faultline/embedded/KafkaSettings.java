package io.faultline.embedded;

import java.util.Properties;

/** The broker's settings that don't depend on its folder and ports. */
final class KafkaSettings {

  private static final int MIB = 1 << 20;

  private KafkaSettings() {}

  static Properties oneNode() {
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.setProperty("inter.broker.listener.name", "PLAINTEXT");
    p.setProperty("auto.create.topics.enable", "false");
    p.setProperty("num.partitions", "4");

    // one broker is all there is
    p.setProperty("default.replication.factor", "1");
    p.setProperty("min.insync.replicas", "1");
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");

    // a record of 16 MiB and what stands around it
    p.setProperty("message.max.bytes", Integer.toString(17 * MIB));
    p.setProperty("replica.fetch.max.bytes", Integer.toString(17 * MIB));

    // small: 128 MiB of heap for the cleaner otherwise, and 50 files for each internal topic
    p.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(16 * MIB));
    p.setProperty("log.cleaner.threads", "1");
    p.setProperty("offsets.topic.num.partitions", "4");
    p.setProperty("transaction.state.log.num.partitions", "4");
    p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    p.setProperty("num.network.threads", "2");
    p.setProperty("num.io.threads", "4");
    p.setProperty("num.recovery.threads.per.data.dir", "2");

    // quick: a start after kill -9 waits for the end of this session, 9 s otherwise (with less, a
    // busy machine fences its only broker), and a new group for its members
    p.setProperty("broker.session.timeout.ms", "3000");
    p.setProperty("broker.heartbeat.interval.ms", "250");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    p.setProperty("group.streams.initial.rebalance.delay.ms", "0");

    // a machine that is off for a month must find its place again: positions are kept for a year,
    // and the ids of transactional producers for longer than the executor's reports
    p.setProperty("offsets.retention.minutes", Integer.toString(365 * 24 * 60));
    p.setProperty("transactional.id.expiration.ms", Integer.toString(14 * 24 * 3600 * 1000));
    p.setProperty("transaction.max.timeout.ms", "900000");
    p.setProperty("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    return p;
  }
}
