package io.faultline.pipeline;

import io.faultline.app.fixture.KafkaAt;
import io.faultline.app.fixture.RealKafka;

/** The tables of rules on the embedded broker and registry. */
class TablesIT extends TablesContract {

  @Override
  protected KafkaAt kafka() {
    return new RealKafka();
  }
}
