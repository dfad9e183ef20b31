package io.faultline.decider;

import io.faultline.app.TopologyService;
import io.faultline.decider.lease.ExecutorWatch;
import io.faultline.decider.lease.PulseSender;
import io.faultline.decider.policy.HeldQueues;
import io.faultline.decider.policy.Policies;
import io.faultline.decider.policy.PolicyParser;
import io.faultline.domain.job.JobState;
import io.faultline.schemas.StateCodec;
import java.time.Clock;

/** The decider as one service: its topology, the policies it follows, its HTTP, its pulse. */
public final class DeciderApp extends TopologyService {

  private final PulseSender pulses;

  /** Makes its parts; nothing runs yet. */
  public DeciderApp(DeciderSettings settings) {
    super(
        DeciderSettings.SERVICE,
        settings.common(),
        new PolicyParser(),
        new Part(
            DeciderSettings.SERVICE,
            settings.streams(),
            (codecs, inForce, metrics) ->
                DeciderTopology.of(
                    settings,
                    codecs,
                    StateCodec.of(JobState.class),
                    new Policies(settings.retry(), inForce, metrics, Clock.systemUTC()),
                    new HeldQueues(inForce),
                    new DecisionLog(metrics))));
    pulses =
        new PulseSender(settings.common(), ExecutorWatch.pulseEvery(settings.executorTimeout()));
  }

  @Override
  public void start() {
    super.start();
    pulses.start();
  }

  @Override
  public void close() {
    pulses.close();
    super.close();
  }
}
