package io.faultline.server;

import io.faultline.app.App;
import io.faultline.app.BrokerWatch;
import io.faultline.app.DeadLetterBox;
import io.faultline.app.ServiceStatusPublisher;
import io.faultline.app.Worker;
import io.faultline.schemas.Codecs;
import io.faultline.schemas.SchemaRegistry;
import io.faultline.schemas.registry.SchemaRegistries;
import io.faultline.server.control.ControlDatabase;
import io.faultline.server.control.DatabaseProbe;
import io.faultline.server.control.ResourceStore;
import io.faultline.server.control.SubmissionStore;
import io.faultline.server.control.TokenStore;
import io.faultline.server.http.Api;
import io.faultline.server.http.Authenticator;
import io.faultline.server.http.ClassifierCounts;
import io.faultline.server.http.HttpServer;
import io.faultline.server.kafka.EventStreams;
import io.faultline.server.kafka.JobProducer;
import io.faultline.server.kafka.KafkaClients;
import io.faultline.server.kafka.ResourcePublisher;
import io.faultline.server.kafka.SchemaWarmUp;
import io.faultline.server.kafka.StatusBoard;
import io.faultline.server.lookout.OwnerQueries;
import io.faultline.server.submit.JobCommands;
import io.faultline.server.submit.Outbox;
import io.faultline.server.submit.Submissions;
import io.faultline.server.submit.Sweeper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server. It answers HTTP from its start on; what is away (PostgreSQL, Kafka, the registry) is
 * named by {@code /readyz} and by 503s, and taken up again when it is back.
 */
public final class ServerApp implements App {

  private static final Logger LOG = LoggerFactory.getLogger(ServerApp.class);
  private static final int PRODUCING_THREADS = 6;

  private final ServerSettings settings;
  private final ControlDatabase database;
  private final DatabaseProbe databaseProbe;
  private final BrokerWatch broker;
  private final SchemaRegistry registry;
  private final SchemaWarmUp schemas;
  private final JobProducer producer;
  private final ExecutorService producing;
  private final Sweeper sweeper;
  private final ResourcePublisher publisher;
  private final StatusBoard board;
  private final ServiceStatusPublisher status;
  private final ResourceStore resourceStore;
  private final EventStreams events;
  private final Api api;
  private final Authenticator authenticator;
  private final HttpServer http;

  /** Connects to nothing yet. */
  public ServerApp(ServerSettings settings) {
    this(settings, step -> {});
  }

  /**
   * With a listener to the steps of a submit, for tests that die between them.
   *
   * @param submitStep told after each step
   */
  ServerApp(ServerSettings settings, Consumer<Outbox.Step> submitStep) {
    this.settings = settings;
    Clock clock = Clock.systemUTC();
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    ServerSettings.Postgres postgres = settings.postgres();
    this.database =
        new ControlDatabase(
            postgres.url(), postgres.user(), postgres.password(), postgres.connections());
    this.registry = SchemaRegistries.open(settings.common().registry());
    Codecs codecs = new Codecs(registry);
    KafkaClients clients = new KafkaClients(settings.common());
    this.broker = new BrokerWatch(name(), settings.common(), KafkaClients.TOPICS);
    this.schemas = new SchemaWarmUp(codecs);
    this.producer = new JobProducer(clients, codecs);
    this.board = new StatusBoard(clients, codecs);
    this.producing =
        Executors.newFixedThreadPool(PRODUCING_THREADS, Worker.threads("submission-producer"));

    SubmissionStore submissionStore = new SubmissionStore(database.jdbi());
    this.resourceStore = new ResourceStore(database.jdbi(), clock);
    Outbox outbox = new Outbox(submissionStore, database.dataSource(), producer, clock, submitStep);
    Submissions submissions =
        new Submissions(submissionStore, resourceStore, outbox, this::kafkaThere, producing, clock);
    this.sweeper =
        new Sweeper(
            submissions,
            submissionStore,
            this::databaseThere,
            this::kafkaThere,
            settings.submissionsKept(),
            clock);
    this.publisher =
        new ResourcePublisher(
            clients,
            codecs,
            resourceStore,
            database.dataSource(),
            () -> databaseReachable() && kafkaThere());
    this.databaseProbe =
        new DatabaseProbe(
            database,
            () -> {
              sweeper.start();
              publisher.start();
            });
    this.status =
        new ServiceStatusPublisher(
            name(), settings.common(), codecs, this::url, this::publishedRevision, clock);
    this.events =
        new EventStreams(
            clients,
            codecs,
            new OwnerQueries(database.jdbi())::of,
            settings.eventStreams(),
            meters);
    this.api =
        new Api(
            new Api.Needs(
                database.jdbi(),
                submissionStore,
                resourceStore,
                submissions,
                new JobCommands(submissions, producer, clock),
                events,
                new ClassifierCounts(board::live, settings.common().http().token()),
                publisher::wake,
                new DeadLetterBox(settings.common()),
                broker::reachable,
                board::live,
                this::waitingFor,
                meters,
                version()));
    this.authenticator =
        new Authenticator(bootstrapToken(), settings.access(), new TokenStore(database.jdbi()));
    this.http =
        api.server(
            settings.common().http().host(),
            settings.common().http().port(),
            new Authenticator(bootstrapToken(), settings.access(), new TokenStore(database.jdbi())),
            meters);
  }

  @Override
  public String name() {
    return ServerSettings.SERVICE;
  }

  @Override
  public void start() {
    LOG.atInfo()
        .setMessage("starting")
        .addKeyValue("version", version())
        .addKeyValue("settings", settings)
        .log();
    http.start();
    databaseProbe.start();
    broker.start();
    schemas.start();
    board.start();
    events.start();
    status.start();
  }

  @Override
  public boolean ready() {
    return waitingFor().isEmpty();
  }

  /** Where it answers, for example {@code http://127.0.0.1:8080}. */
  public String url() {
    return "http://" + settings.common().http().host() + ":" + http.port();
  }

  @Override
  public void close() {
    events.close();
    http.close();
    authenticator.close();
    api.close();
    databaseProbe.close();
    sweeper.close();
    publisher.close();
    status.close();
    board.close();
    schemas.close();
    broker.close();
    producing.shutdown();
    try {
      if (!producing.awaitTermination(10, TimeUnit.SECONDS)) {
        producing.shutdownNow();
      }
    } catch (InterruptedException e) {
      producing.shutdownNow();
      Thread.currentThread().interrupt();
    }
    producer.close();
    registry.close();
    database.close();
  }

  /** What this server has put in force as far as it can: nothing while PostgreSQL is away. */
  private long publishedRevision() {
    try {
      return databaseProbe.reachable() ? resourceStore.published() : 0;
    } catch (JdbiException e) {
      return 0;
    }
  }

  private boolean databaseReachable() {
    return databaseProbe.reachable();
  }

  private boolean databaseThere() {
    return databaseProbe.reachable() && databaseProbe.lookoutThere();
  }

  private boolean kafkaThere() {
    return broker.reachable() && schemas.done();
  }

  private List<String> waitingFor() {
    List<String> missing = new ArrayList<>();
    if (!databaseProbe.reachable()) {
      missing.add("postgresql");
    } else if (!databaseProbe.lookoutThere()) {
      missing.add("lookout-tables");
    }
    if (!broker.reachable() || !events.ready()) {
      missing.add("kafka");
    }
    if (!schemas.done()) {
      missing.add("schema-registry");
    }
    return missing;
  }

  /** Services ask each other with one token; where no other is given it opens this one too. */
  private String bootstrapToken() {
    return settings.bootstrapToken().isEmpty()
        ? settings.common().http().token()
        : settings.bootstrapToken();
  }

  private static String version() {
    String version = ServerApp.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
