package dev.roster.server.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.StartupException;
import dev.roster.testing.Configurations;
import io.vertx.core.http.HttpServerOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundAddressTest {

  private static final HttpServerOptions EVERYWHERE = new HttpServerOptions().setHost("0.0.0.0");
  private static final HttpServerOptions LOOPBACK = new HttpServerOptions().setHost("127.0.0.1");

  /** The configured host is not what decides. */
  @Test
  void lenientServerListensNowhereButOnLoopback() {
    BoundAddress address =
        new BoundAddress(Configurations.of(Map.of("roster.http.host", "127.0.0.1")));

    assertThatThrownBy(() -> address.customizeHttpServer(EVERYWHERE))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("roster.http.host=0.0.0.0 is reachable from other machines");
    assertThatThrownBy(() -> address.customizeHttpsServer(EVERYWHERE))
        .isInstanceOf(StartupException.class);
    assertThatCode(() -> address.customizeHttpServer(LOOPBACK)).doesNotThrowAnyException();
    assertThatCode(() -> address.customizeHttpsServer(LOOPBACK)).doesNotThrowAnyException();
  }
}
