package dev.roster.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupException;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import jakarta.inject.Inject;
import java.lang.Thread.State;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ApiListenersTest {

  private static final String PREFIX = "roster.own.https";

  @Inject Vertx vertx;
  @Inject RosterConfig config;

  private ApiListeners listeners(OptionalInt port) {
    return listeners(List.of(listener(() -> port)));
  }

  private ApiListeners listeners(List<ApiListener> ports) {
    ApiListeners listeners = new ApiListeners(ports, vertx, config);
    listeners.customizeHttpsServer(new HttpServerOptions().setHost("127.0.0.1"));
    return listeners;
  }

  private static ApiListener listener(Supplier<OptionalInt> port) {
    return new ApiListener() {
      @Override
      public Api api() {
        return Api.NIMBLE;
      }

      @Override
      public String prefix() {
        return PREFIX;
      }

      @Override
      public OptionalInt port() {
        return port.get();
      }
    };
  }

  @Test
  void portThatIsOpenIsToldByItsPrefixUntilItIsClosed() throws Exception {
    ApiListeners listeners = listeners(OptionalInt.of(0));
    PortsCheck readiness = new PortsCheck(listeners);
    assertThat(listeners.openPort(PREFIX)).isEmpty();
    assertThat(readiness.call().getStatus()).isEqualTo(Status.DOWN);

    assertThat(listeners.open()).isTrue();

    int port = listeners.openPort(PREFIX).orElseThrow();
    assertThat(port).isPositive();
    assertThat(listeners.openPort("roster.other.https")).isEmpty();
    assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
    AtomicBoolean disconnected = new AtomicBoolean();
    NetClient client = vertx.createNetClient();
    NetSocket connection =
        client.connect(port, "127.0.0.1").toCompletionStage().toCompletableFuture().get();
    connection.closeHandler(ended -> disconnected.set(true));
    listeners.close(new ShutdownEvent());
    Awaitility.await().untilTrue(disconnected);
    client.close();
    assertThat(listeners.openPort(PREFIX)).isEmpty();
    assertThat(readiness.call().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void closingWhilePortsAreBeingOpenedClosesThemAll() {
    AtomicReference<ApiListeners> listeners = new AtomicReference<>();
    AtomicReference<Thread> closing = new AtomicReference<>();
    Supplier<OptionalInt> closesInBetween =
        () -> {
          if (closing.get() == null) {
            closing.set(new Thread(() -> listeners.get().close(new ShutdownEvent())));
            closing.get().start();
            Awaitility.await()
                .until(
                    () ->
                        Set.of(State.BLOCKED, State.TERMINATED).contains(closing.get().getState()));
          }
          return OptionalInt.of(0);
        };
    listeners.set(listeners(List.of(listener(() -> OptionalInt.of(0)), listener(closesInBetween))));

    listeners.get().open();

    Awaitility.await().until(() -> closing.get().getState() == State.TERMINATED);
    assertThat(listeners.get().openPort(PREFIX)).isEmpty();
    assertThat(listeners.get().open()).isFalse();
  }

  @Test
  void portThatIsSwitchedOffIsNotOpened() {
    ApiListeners listeners = listeners(OptionalInt.empty());

    listeners.open();

    assertThat(listeners.openPort(PREFIX)).isEmpty();
  }

  @Test
  void portThatWasTakenMeanwhileIsNamedWithItsProperty() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ApiListeners listeners = listeners(OptionalInt.of(taken.getLocalPort()));

      assertThatThrownBy(listeners::open)
          .isInstanceOf(StartupException.class)
          .hasMessageMatching(
              "port "
                  + taken.getLocalPort()
                  + " on 127\\.0\\.0\\.1 cannot be opened \\(.*Address already in use.*\\)\\. Stop"
                  + " what uses it, or set roster\\.own\\.https\\.port to another port\\.");
    }
  }
}
