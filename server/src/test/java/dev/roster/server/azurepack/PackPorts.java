package dev.roster.server.azurepack;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.http.ApiListeners;
import dev.roster.testing.Call;
import dev.roster.testing.Contract;
import dev.roster.testing.Trust;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.http.HttpClient.Version;
import java.util.OptionalInt;

/** The two https ports of Azure Pack, which Quarkus does not open by itself in tests. */
@Singleton
class PackPorts {

  /** The interfaces, by what the properties of their ports begin with. */
  static final String ADMIN = "roster.pack.admin";

  static final String TENANT = "roster.pack.tenant";

  @Inject ApiListeners listeners;
  @Inject RosterConfig config;

  /** A call with a bearer token at one of the interfaces. */
  Call call(String port, String method, String target) {
    return Call.of(
            Contract.AZURE_PACK, "https://localhost:" + open(port).getAsInt(), method, target)
        .trusting(Trust.inStore(config.dataDir().resolve("truststore.p12")), Version.HTTP_1_1)
        .header("Authorization", "Bearer token");
  }

  /** A call with a JSON body at one of the interfaces. */
  Call call(String port, String method, String target, String json) {
    return call(port, method, target)
        .header("Content-Type", "application/json; charset=utf-8")
        .body(json);
  }

  private synchronized OptionalInt open(String port) {
    if (listeners.openPort(port).isEmpty()) {
      listeners.open();
    }
    return listeners.openPort(port);
  }
}
