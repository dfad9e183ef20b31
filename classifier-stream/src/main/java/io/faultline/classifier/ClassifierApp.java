package io.faultline.classifier;

import io.faultline.app.HttpEndpoint;
import io.faultline.app.TopologyService;
import io.faultline.classifier.categories.CategoriesParser;
import io.faultline.classifier.categories.FollowedCategories;
import io.faultline.classifier.counts.CountsEndpoint;
import java.time.InstantSource;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The classifier as one service: its topology, the categories it follows, its HTTP; and beside it
 * the rates, which are counted from what it says, and which it follows to say them of each failure.
 */
public final class ClassifierApp extends TopologyService {

  private final String token;
  private final RatesFollower follower;

  /** Makes its parts; nothing runs yet. */
  public ClassifierApp(ClassifierSettings settings) {
    this(settings, new KnownRates(InstantSource.system()));
  }

  private ClassifierApp(ClassifierSettings settings, KnownRates rates) {
    super(
        ClassifierSettings.SERVICE,
        settings.common(),
        new CategoriesParser(),
        new Part(
            ClassifierSettings.SERVICE,
            settings.streams(),
            (codecs, inForce, metrics) ->
                ClassifierTopology.of(settings, codecs, new FollowedCategories(inForce), rates)),
        new Part(
            "classifier-rates",
            settings.streams().aside(),
            (codecs, inForce, metrics) -> RatesTopology.of(codecs)));
    token = settings.common().http().token();
    follower = new RatesFollower(settings.common(), codecs(), rates);
  }

  @Override
  public void start() {
    super.start();
    follower.start();
  }

  @Override
  public void close() {
    follower.close();
    super.close();
  }

  @Override
  protected void addTo(HttpEndpoint endpoint, HostInfo self) {
    new CountsEndpoint(ClassifierTopology.JOB_COUNTS, this::streams, self, token).addTo(endpoint);
  }
}
