package io.faultline.junit;

import io.faultline.cli.up.TemporaryInstallation;
import io.faultline.eventtest.EventTest;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Faultline} as a parameter: one to each test, or to each class where its
 * constructor or a static method asks for it.
 *
 * <p>The system behind it is an installation by its address, or an embedded one: everything in this
 * JVM, started when the first test asks for it, shared by all test classes, also side by side, and
 * ended with the last. As {@code @ExtendWith(FaultlineExtension.class)} it looks for an address in
 * the environment first.
 */
public final class FaultlineExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(FaultlineExtension.class);
  private static final int LONGEST_NAME = 200;

  /** Null for the embedded one. */
  private final @Nullable Server server;

  private final Duration timeout;

  /** The one that {@code FAULTLINE_SERVER} and {@code FAULTLINE_TOKEN} name, else the embedded. */
  public FaultlineExtension() {
    this(ofEnvironment(System::getenv), EventTest.DEFAULT_TIMEOUT);
  }

  private FaultlineExtension(@Nullable Server server, Duration timeout) {
    this.server = server;
    this.timeout = timeout;
  }

  /** On the embedded system, whatever the environment says. */
  public static FaultlineExtension embedded() {
    return new FaultlineExtension(null, EventTest.DEFAULT_TIMEOUT);
  }

  /**
   * On an installation.
   *
   * @param serverUrl where its server answers
   * @param token what it asks for; may be empty
   */
  public static FaultlineExtension of(String serverUrl, String token) {
    return new FaultlineExtension(new Server(serverUrl, token), EventTest.DEFAULT_TIMEOUT);
  }

  /**
   * The same, with another time that assertions wait which do not say it; five minutes unless
   * given.
   *
   * @param time more than none
   */
  public FaultlineExtension withTimeout(Duration time) {
    return new FaultlineExtension(server, time);
  }

  /** The server that variables name; null where they name none. */
  static @Nullable Server ofEnvironment(Function<String, @Nullable String> variables) {
    return Optional.ofNullable(variables.apply("FAULTLINE_SERVER"))
        .filter(url -> !url.isEmpty())
        .map(
            url ->
                new Server(url, Optional.ofNullable(variables.apply("FAULTLINE_TOKEN")).orElse("")))
        .orElse(null);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Faultline.class;
  }

  @Override
  public Faultline resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // stores find what their parents hold: the key must be this context's own
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(context.getUniqueId(), id -> injected(context), Injected.class)
        .faultline();
  }

  private Injected injected(ExtensionContext context) {
    return new Injected(
        new Faultline(server == null ? embedded(context) : server, timeout, name(context)));
  }

  private static Server embedded(ExtensionContext context) {
    Store ofAllTests = context.getRoot().getStore(NAMESPACE);
    TemporaryInstallation started =
        ofAllTests.getOrComputeIfAbsent(
            "embedded", key -> TemporaryInstallation.start(), TemporaryInstallation.class);
    return new Server(started.serverUrl(), started.token());
  }

  private static String name(ExtensionContext context) {
    String name =
        context.getRequiredTestClass().getSimpleName()
            + context.getTestMethod().map(method -> "." + method.getName()).orElse("");
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  /** Ends with the test or the class that it was injected into. */
  private record Injected(Faultline faultline) implements AutoCloseable {
    @Override
    public void close() {
      faultline.end();
    }
  }
}
