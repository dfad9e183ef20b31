package io.faultline.server.kafka;

import io.faultline.app.Worker;
import io.faultline.domain.job.JobCommand;
import io.faultline.domain.job.JobIdentity;
import io.faultline.domain.job.JobSpec;
import io.faultline.domain.resource.Resource;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.RegistryException;
import io.faultline.schemas.Topic;
import io.faultline.schemas.Topics;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns the ids of all schemas that this server writes with, once, at the start: later no request
 * waits for the registry, and while it has never answered no request begins.
 */
public final class SchemaWarmUp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaWarmUp.class);

  private final Codecs codecs;
  private final Worker worker;
  private volatile boolean done;

  /** Does nothing until started. */
  public SchemaWarmUp(Codecs codecs) {
    this.codecs = codecs;
    this.worker = new Worker("schema-warm-up", this::run);
  }

  /** Begins to ask the registry. */
  public void start() {
    worker.start();
  }

  /** Whether all ids are known. */
  public boolean done() {
    return done;
  }

  @Override
  public void close() {
    worker.close();
  }

  private void run() {
    Instant at = Instant.EPOCH;
    JobIdentity job = new JobIdentity("", "", "", null);
    try {
      write(Topics.JOB_SPECS, new JobSpec(job, "", "", "", 0, Map.of(), Map.of(), "", at));
      write(Topics.JOB_COMMANDS, new JobCommand.Cancel(job, at, "", ""));
      write(Topics.RESOURCES, new Resource(ResourceKind.QUEUE, "", 0, false, "", at, ""));
      write(Topics.RESOURCE_REVISIONS, new Resource(ResourceKind.QUEUE, "", 0, true, "", at, ""));
      done = true;
    } catch (RegistryException e) {
      LOG.atError().setMessage("the schema registry refuses our schemas").setCause(e).log();
    }
  }

  private <V> void write(Topic<V> topic, V value) {
    byte[] unused = codecs.serde(topic).serializer().serialize(topic.name(), value);
  }
}
