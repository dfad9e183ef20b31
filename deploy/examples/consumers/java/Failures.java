import io.faultline.schemas.RegistryException;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.registry.SchemaRegistries;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A member of a consumer group that prints a line for each JobFailed, whether it is the end of the
 * job or not. What is wrong with a record goes to standard error.
 *
 * <pre>java … Failures.java BOOTSTRAP REGISTRY GROUP</pre>
 */
public final class Failures implements ConsumerRebalanceListener {

  private static final String TOPIC = "faultline.job-events";
  private static final int JOBS_REMEMBERED = 100_000;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final KafkaConsumer<String, byte[]> consumer;
  private final SchemaRegistry registry;
  private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
  private volatile boolean ending;

  /** The sequence of the last failure that was handled, by job; the jobs seen last are kept. */
  private final Map<String, Long> handled =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > JOBS_REMEMBERED;
        }
      };

  private Failures(String bootstrap, String registryUrl, String group) {
    registry = SchemaRegistries.open(Map.of("schema.registry.url", registryUrl));
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrap,
                "group.id", group,
                "isolation.level", "read_committed", // not the default
                "enable.auto.commit", "false", // committed below, when it is handled
                "auto.offset.reset", "earliest"), // a new group begins with the oldest event kept
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  public static void main(String[] args) {
    if (args.length != 3) {
      System.err.println("usage: Failures BOOTSTRAP REGISTRY GROUP");
      System.exit(2);
    }
    // no record is larger: a broken length in front of a text allocates no gigabytes
    System.setProperty("org.apache.avro.limits.string.maxLength", String.valueOf(16 << 20));
    Failures failures = new Failures(args[0], args[1], args[2]);
    Thread main = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> failures.end(main)));
    failures.run();
  }

  private void run() {
    consumer.subscribe(List.of(TOPIC), this);
    try (consumer) { // closing leaves the group, so that others take over at once
      while (!ending) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
          handle(record);
          uncommitted.put(
              new TopicPartition(record.topic(), record.partition()),
              new OffsetAndMetadata(record.offset() + 1));
        }
        commit();
      }
    } catch (RegistryException e) {
      if (!ending) { // else it was waiting for the registry
        throw e;
      }
    }
  }

  private void handle(ConsumerRecord<String, byte[]> record) {
    GenericRecord event;
    try {
      event = decode(record.value());
    } catch (RegistryException e) {
      throw e; // it refuses to answer, a wrong password for example: not the record's fault
    } catch (IOException | RuntimeException e) {
      String place = record.topic() + "-" + record.partition() + " offset " + record.offset();
      System.err.println("skipped " + place + ", which can't be decoded: " + e);
      return;
    }
    GenericRecord detail = (GenericRecord) event.get("detail");
    if (detail.getSchema().getName().equals("Failed")) {
      failed(event, detail);
    } // else another kind of event; also one that is newer than this program
  }

  /** As it was written: by names, so that later versions of the schema do no harm. */
  private GenericRecord decode(byte[] value) throws IOException {
    if (value == null || value.length < 5 || value[0] != 0) {
      throw new IOException("no zero byte and schema id in front");
    }
    Schema written = registry.byId(ByteBuffer.wrap(value).getInt(1)); // waits for a registry away
    if (!written.getName().equals("JobEvent")) {
      throw new IOException("not a JobEvent but " + written.getFullName());
    }
    BinaryDecoder body = DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null);
    return new GenericDatumReader<GenericRecord>(written).read(null, body);
  }

  private void failed(GenericRecord event, GenericRecord detail) {
    GenericRecord job = (GenericRecord) event.get("job");
    GenericRecord info = (GenericRecord) detail.get("failureInfo");
    String jobId = job.get("jobId").toString();
    long sequence = (Long) event.get("sequence");
    if (sequence <= handled.getOrDefault(jobId, -1L)) {
      return; // a repeat
    }
    boolean retryable = (Boolean) detail.get("retryable"); // true: the job goes on
    String line =
        String.format(
            "%s %s/%d %s/%s %s/%s exit %s %s: %s",
            retryable ? "retryable" : "terminal",
            jobId,
            sequence,
            job.get("queue"),
            job.get("jobSet"),
            info.get("category"),
            info.get("subcategory"),
            info.get("exitCode") == null ? "-" : info.get("exitCode"),
            detail.get("reason"),
            detail.get("message"));
    out.println(line.replaceAll("[\\p{C}\\p{Z}]", " ").strip()); // it may hold anything
    handled.put(jobId, sequence);
  }

  /** What has been handled is not given to this group again. */
  private void commit() {
    try {
      consumer.commitSync(uncommitted);
      uncommitted.clear();
    } catch (RebalanceInProgressException e) {
      // tried again after the next poll
    } catch (CommitFailedException e) {
      uncommitted.clear(); // the group went on without this member; others get these records again
    }
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    System.err.println("assigned " + partitions);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    commit(); // before another member has them
    System.err.println("revoked " + partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    uncommitted.clear(); // another member has them already
    System.err.println("lost " + partitions);
  }

  /** On SIGTERM and Ctrl-C: the records at hand are handled and committed first. */
  private void end(Thread main) {
    ending = true;
    registry.close(); // ends a wait for it
    try {
      main.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
