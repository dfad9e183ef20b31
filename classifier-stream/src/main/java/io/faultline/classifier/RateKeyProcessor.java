package io.faultline.classifier;

import io.faultline.domain.classify.ClassifiedError;
import io.faultline.domain.evidence.Evidence;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Names what a counted failure counts for, without its texts and headers: that is all it sends. */
final class RateKeyProcessor implements Processor<String, ClassifiedError, String, byte[]> {

  private static final byte[] ONE = {};

  private ProcessorContext<String, byte[]> context;

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    this.context = context;
  }

  @Override
  public void process(Record<String, ClassifiedError> record) {
    ClassifiedError failure = record.value();
    if (!failure.counted()) {
      return;
    }
    String queue = failure.error().job().queue();
    String category = failure.classification().info().category();
    forward(RateKey.ofQueue(queue, category), record.timestamp());
    Evidence evidence = failure.error().evidence();
    if (!evidence.node().isEmpty()) {
      forward(RateKey.ofNode(evidence.node()), record.timestamp());
    }
  }

  private void forward(RateKey key, long timestamp) {
    context.forward(new Record<>(key.text(), ONE, timestamp));
  }
}
