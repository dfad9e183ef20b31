package io.faultline.server.http;

import io.faultline.app.DeadLetterBox;
import io.faultline.domain.resource.ResourceKind;
import io.faultline.domain.resource.ServiceStatus;
import io.faultline.server.control.ResourceStore;
import io.faultline.server.control.SubmissionStore;
import io.faultline.server.kafka.EventStreams;
import io.faultline.server.lookout.DecisionQueries;
import io.faultline.server.lookout.FailureQueries;
import io.faultline.server.lookout.JobQueries;
import io.faultline.server.lookout.SetHistory;
import io.faultline.server.lookout.SetQueries;
import io.faultline.server.submit.JobCommands;
import io.faultline.server.submit.Submissions;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** All routes over what they need. */
public final class Api implements AutoCloseable {

  private final EventRoutes events;
  private final List<Route> routes = new ArrayList<>();

  /**
   * What routes need.
   *
   * @param jdbi for questions to the ingester's tables
   * @param resourceWritten told after each change of a resource
   * @param kafkaThere whether Kafka is known to be there now
   * @param instances the live instances of all services
   * @param waitingFor what the server needs and does not have
   * @param version this build's
   */
  public record Needs(
      Jdbi jdbi,
      SubmissionStore submissionStore,
      ResourceStore resourceStore,
      Submissions submissions,
      JobCommands commands,
      EventStreams events,
      CountsClient counts,
      Runnable resourceWritten,
      DeadLetterBox deadLetters,
      BooleanSupplier kafkaThere,
      Supplier<List<ServiceStatus>> instances,
      Supplier<List<String>> waitingFor,
      PrometheusMeterRegistry meters,
      String version) {}

  public Api(Needs needs) {
    JobQueries jobs = new JobQueries(needs.jdbi());
    FailureQueries failures = new FailureQueries(needs.jdbi());
    DecisionQueries decisions = new DecisionQueries(needs.jdbi());
    SetQueries sets = new SetQueries(needs.jdbi());
    ForceStatus force = new ForceStatus(needs.resourceStore(), needs.instances());
    this.events = new EventRoutes(needs.events(), needs.submissionStore());
    routes.addAll(new ServerRoutes(needs.waitingFor(), needs.meters(), needs.version()).routes());
    routes.addAll(new SubmitRoutes(needs.submissions()).routes());
    routes.addAll(
        new JobRoutes(jobs, sets, failures, decisions, needs.submissionStore(), needs.counts())
            .routes());
    routes.addAll(new CancelRoutes(jobs, sets, needs.commands()).routes());
    routes.addAll(new SetRoutes(sets, new SetHistory(needs.jdbi()), needs.commands()).routes());
    routes.addAll(new RetryRoutes(jobs, needs.commands()).routes());
    routes.addAll(new FailureRoutes(failures).routes());
    routes.addAll(new DecisionRoutes(decisions).routes());
    routes.addAll(force.routes());
    routes.addAll(resources(ResourceKind.QUEUE, "queues", needs, force));
    routes.addAll(resources(ResourceKind.CATEGORIES, "categories", needs, force));
    routes.addAll(resources(ResourceKind.RETRY_POLICY, "retry-policies", needs, force));
    routes.addAll(resources(ResourceKind.CORDON, "cordons", needs, force));
    routes.addAll(events.routes());
    routes.addAll(new DeadLetterRoutes(needs.deadLetters(), needs.kafkaThere()).routes());
  }

  /** A server of all routes; not started. */
  public HttpServer server(
      String host, int port, Authenticator authenticator, PrometheusMeterRegistry meters) {
    return new HttpServer(host, port, routes, authenticator, meters);
  }

  /** Ends what sends streams; after the server. */
  @Override
  public void close() {
    events.close();
  }

  List<Route> routes() {
    return List.copyOf(routes);
  }

  private static List<Route> resources(
      ResourceKind kind, String path, Needs needs, ForceStatus force) {
    List<Route> all = new ArrayList<>();
    ResourceStore store = needs.resourceStore();
    all.addAll(new ResourceRoutes(kind, path, store, needs.resourceWritten(), force).routes());
    all.addAll(new RollbackRoutes(kind, path, store, needs.resourceWritten()).routes());
    return all;
  }
}
