package dev.roster.server.config;

import dev.roster.server.config.RosterConfig.AuthMode;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Base64;
import java.util.Map;
import java.util.StringJoiner;
import org.eclipse.microprofile.config.ConfigProvider;

/** Refuses, before anything is started, a configuration that cannot work or is not safe. */
public final class StartupChecks {

  private StartupChecks() {}

  /**
   * Reads and checks the configuration.
   *
   * @throws StartupException with one line that names the property to change
   */
  public static RosterConfig check() {
    RosterConfig config = read();
    Choices.check(ConfigProvider.getConfig());
    checkAddress(config);
    checkDatabase(config);
    checkAccounts(config.batch().accounts());
    checkPort(config.http().host(), config.http().port(), "roster.http.port");
    return config;
  }

  private static RosterConfig read() {
    SmallRyeConfig current = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withMapping(RosterConfig.class);
    current.getConfigSources().forEach(builder::withSources);
    try {
      return builder.build().getConfigMapping(RosterConfig.class);
    } catch (ConfigValidationException e) {
      StringJoiner problems = new StringJoiner("; ");
      for (int i = 0; i < e.getProblemCount(); i++) {
        problems.add(e.getProblem(i).getMessage());
      }
      throw new StartupException("the configuration is not valid: " + problems, e);
    }
  }

  private static void checkAddress(RosterConfig config) {
    String host = config.http().host();
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new StartupException(
          "roster.http.host=" + host + " is not an address of this machine.", e);
    }
    if (!address.isLoopbackAddress() && config.auth() != AuthMode.STRICT) {
      throw new StartupException(
          "roster.http.host="
              + host
              + " is reachable from other machines, where any bearer token would be taken. Set"
              + " roster.auth=strict, or listen on 127.0.0.1.");
    }
  }

  private static void checkDatabase(RosterConfig config) {
    config
        .database()
        .url()
        .filter(url -> !url.startsWith("jdbc:postgresql:"))
        .ifPresent(
            url -> {
              // The URL may carry a password, so only its scheme is repeated.
              throw new StartupException(
                  "roster.database.url has to be a PostgreSQL URL (jdbc:postgresql://host:port/name)"
                      + "; leave it out to use the embedded database.");
            });
  }

  private static void checkAccounts(Map<String, String> accounts) {
    accounts.forEach(
        (name, key) -> {
          try {
            if (Base64.getDecoder().decode(key).length == 0) {
              throw new IllegalArgumentException("empty");
            }
          } catch (IllegalArgumentException e) {
            throw new StartupException(
                "roster.batch.accounts." + name + " has to be a base64 key.", e);
          }
        });
  }

  private static void checkPort(String host, int port, String property) {
    if (port == 0) {
      return;
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw new StartupException(
          "port "
              + port
              + " on "
              + host
              + " cannot be opened ("
              + e.getMessage()
              + "). Stop what uses it, or set "
              + property
              + " to another port.",
          e);
    }
  }
}
