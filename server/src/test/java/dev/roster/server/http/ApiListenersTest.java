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
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class ApiListenersTest {

  private static final String PREFIX = "roster.own.https";

  @Inject Vertx vertx;
  @Inject RosterConfig config;

  private ApiListeners listeners(OptionalInt port) {
    ApiListener listener =
        new ApiListener() {
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
            return port;
          }
        };
    ApiListeners listeners = new ApiListeners(List.of(listener), vertx, config);
    listeners.customizeHttpsServer(new HttpServerOptions().setHost("127.0.0.1"));
    return listeners;
  }

  @Test
  void portThatIsOpenIsToldByItsPrefixUntilItIsClosed() throws Exception {
    ApiListeners listeners = listeners(OptionalInt.of(0));
    assertThat(listeners.openPort(PREFIX)).isEmpty();

    listeners.open();

    int port = listeners.openPort(PREFIX).orElseThrow();
    assertThat(port).isPositive();
    assertThat(listeners.openPort("roster.other.https")).isEmpty();
    listeners.close(new ShutdownEvent());
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(socket.getLocalPort()).isEqualTo(port);
    }
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
