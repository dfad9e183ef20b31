package io.faultline.classifier;

import io.faultline.app.HttpEndpoint;
import io.faultline.app.TopologyService;
import io.faultline.classifier.categories.CategoriesParser;
import io.faultline.classifier.categories.FollowedCategories;
import io.faultline.classifier.counts.CountsEndpoint;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The classifier as one service: its topology, the categories it follows, its HTTP; and beside it
 * the rates, which are counted from what it says.
 */
public final class ClassifierApp extends TopologyService {

  private final String token;

  /** Makes its parts; nothing runs yet. */
  public ClassifierApp(ClassifierSettings settings) {
    super(
        ClassifierSettings.SERVICE,
        settings.common(),
        new CategoriesParser(),
        new Part(
            ClassifierSettings.SERVICE,
            settings.streams(),
            (codecs, inForce, metrics) ->
                ClassifierTopology.of(settings, codecs, new FollowedCategories(inForce))),
        new Part(
            "classifier-rates",
            settings.streams().aside(),
            (codecs, inForce, metrics) -> RatesTopology.of(codecs)));
    token = settings.common().http().token();
  }

  @Override
  protected void addTo(HttpEndpoint endpoint, HostInfo self) {
    new CountsEndpoint(ClassifierTopology.JOB_COUNTS, this::streams, self, token).addTo(endpoint);
  }
}
