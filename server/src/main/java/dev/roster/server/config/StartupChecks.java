package dev.roster.server.config;

import dev.roster.server.auth.TrustedKeys;
import dev.roster.server.config.RosterConfig.AuthMode;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.eclipse.microprofile.config.ConfigProvider;

/** Refuses, before anything is started, a configuration that cannot work or is not safe. */
public final class StartupChecks {

  private static final Pattern UNKNOWN_PROPERTY = Pattern.compile("SRCFG00050: (\\S+) in ");
  private static final Pattern EMPTY_PROPERTY =
      Pattern.compile("The config property (\\S+) is defined as the empty String");
  private static final Pattern MESSAGE_CODE =
      Pattern.compile("(java\\.[\\w.]+(Exception|Error): )?SRCFG\\d+: ");

  private static final int HIGHEST_PORT = 65535;
  private static final Duration MOST_CLOCK_SKEW = Duration.ofHours(1);

  /** For connecting and for logging in, each. */
  private static final String DATABASE_PATIENCE_SECONDS = "10";

  private StartupChecks() {}

  /**
   * Reads and checks the configuration.
   *
   * @throws StartupException with one line that names the property to change
   */
  public static RosterConfig check() {
    SmallRyeConfig current = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
    SecretFiles.read(current);
    return check(current);
  }

  /** Reads and checks a configuration of some sources. */
  static RosterConfig check(SmallRyeConfig current) {
    DerivedProperties.check(current);
    EnvironmentVariables.check(current, Choices.properties());
    RosterConfig config = read(current);
    Choices.check(current);
    check(config);
    return config;
  }

  /** Checks what the mapping of the configuration cannot. */
  static void check(RosterConfig config) {
    checkAddress(ListenAddress.of(config.http().host()), config);
    checkAccounts(config.batch().accounts());
    Bounds.check(config);
    checkPageSize(config.apim().pageSize());
    checkNimble(config.nimble());
    checkPack(config.pack());
    checkBearer(config);
    checkPorts(config);
    checkDatabase(config.database());
  }

  private static RosterConfig read(SmallRyeConfig current) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withProfiles(current.getProfiles())
            .withMapping(RosterConfig.class);
    current.getConfigSources().forEach(builder::withSources);
    try {
      return builder.build().getConfigMapping(RosterConfig.class);
    } catch (ConfigValidationException e) {
      StringJoiner problems = new StringJoiner("; ");
      for (int i = 0; i < e.getProblemCount(); i++) {
        problems.add(readable(e.getProblem(i).getMessage()));
      }
      throw new StartupException("the configuration is not valid: " + problems + ".", e);
    }
  }

  /** Leaves out of a message of SmallRye Config what only helps those who know its code. */
  private static String readable(String problem) {
    Matcher unknown = UNKNOWN_PROPERTY.matcher(problem);
    if (unknown.find()) {
      return "there is no property " + unknown.group(1);
    }
    Matcher empty = EMPTY_PROPERTY.matcher(problem);
    if (empty.find()) {
      return empty.group(1) + " is empty; set it or leave it out";
    }
    return MESSAGE_CODE.matcher(problem).replaceAll("").replaceAll("\\s+", " ");
  }

  /**
   * Refuses an address that other machines reach unless callers have to prove themselves there.
   *
   * @throws StartupException with one line that names the property to change
   */
  public static void checkAddress(ListenAddress address, RosterConfig config) {
    if (address.isLoopback()) {
      return;
    }
    String reachable = "roster.http.host=" + address.host() + " is reachable from other machines";
    if (config.auth() != AuthMode.STRICT && config.lenientOffLoopback().isEmpty()) {
      throw new StartupException(
          reachable
              + ", where any bearer token would be taken. Set roster.auth=strict, listen on"
              + " 127.0.0.1, or read in the README about roster.lenient-off-loopback.");
    }
    if (PublishedCredentials.work(address, config)) {
      return;
    }
    config
        .batch()
        .accounts()
        .forEach(
            (name, key) -> {
              if (key.equals(PublishedCredentials.KEY)) {
                throw new StartupException(
                    reachable
                        + ", where everybody knows the key of roster.batch.accounts."
                        + name
                        + ". Set another, or listen on 127.0.0.1.");
              }
            });
    if (PublishedCredentials.PASSWORDS.contains(config.nimble().adminPassword())) {
      throw new StartupException(
          reachable
              + ", where everybody knows the password of the administrator of a new array. Set"
              + " roster.nimble.admin-password, or listen on 127.0.0.1.");
    }
  }

  private static void checkNimble(RosterConfig.Nimble nimble) {
    long timeout = nimble.inactivityTimeout().toSeconds();
    if (timeout < 1 || timeout > RosterConfig.Nimble.LONGEST_INACTIVITY) {
      throw new StartupException(
          "roster.nimble.inactivity-timeout="
              + nimble.inactivityTimeout()
              + " has to be 1s to 12h.");
    }
    if (nimble.allowedAttempts() < 0
        || nimble.allowedAttempts() > RosterConfig.Nimble.MOST_ATTEMPTS) {
      throw new StartupException(
          "roster.nimble.allowed-attempts="
              + nimble.allowedAttempts()
              + " has to be 0 to "
              + RosterConfig.Nimble.MOST_ATTEMPTS
              + ".");
    }
  }

  private static void checkBearer(RosterConfig config) {
    RosterConfig.Bearer bearer = config.bearer();
    if (bearer.issuer().isPresent() != bearer.keys().isPresent()) {
      throw new StartupException(
          "roster.bearer.issuer and roster.bearer.keys need each other; set both or none.");
    }
    if (bearer.keys().isPresent() && config.auth() != AuthMode.STRICT) {
      throw new StartupException(
          "roster.bearer.issuer has no effect without roster.auth=strict; set it, or leave the"
              + " issuer out.");
    }
    if (bearer.clockSkew().isNegative() || bearer.clockSkew().compareTo(MOST_CLOCK_SKEW) > 0) {
      throw new StartupException(
          "roster.bearer.clock-skew=" + bearer.clockSkew() + " has to be 0s to 1h.");
    }
    try {
      if (bearer.keys().isPresent()) {
        TrustedKeys.check(bearer.keys().get());
      }
    } catch (IOException e) {
      throw new StartupException(
          "roster.bearer.keys="
              + bearer.keys().get()
              + " is no file with a JWK set and no http(s) URL ("
              + e.getMessage()
              + ").",
          e);
    }
  }

  private static void checkPack(RosterConfig.AzurePack pack) {
    String failing = pack.sync().failingUsers().orElse("");
    try {
      Pattern.compile(failing);
    } catch (PatternSyntaxException e) {
      throw new StartupException(
          "roster.pack.sync.failing-users is no regular expression (" + e.getDescription() + ").",
          e);
    }
  }

  private static void checkDatabase(RosterConfig.Database database) {
    if (database.url().isEmpty()) {
      return;
    }
    String url = database.url().get();
    Driver driver = new org.postgresql.Driver();
    Properties login = new Properties();
    database.username().ifPresent(username -> login.setProperty("user", username));
    database.password().ifPresent(password -> login.setProperty("password", password));
    login.putIfAbsent("connectTimeout", DATABASE_PATIENCE_SECONDS);
    login.putIfAbsent("loginTimeout", DATABASE_PATIENCE_SECONDS);
    // The messages do not repeat the URL: it may carry a password.
    try (Connection connection = driver.connect(url, login)) {
      if (connection == null) {
        throw new StartupException(
            "roster.database.url has to be a PostgreSQL URL (jdbc:postgresql://host:port/name)"
                + "; leave it out to use the embedded database.");
      }
    } catch (SQLException e) {
      throw new StartupException(
          "the database of roster.database.url cannot be used ("
              + e.getMessage().lines().findFirst().orElse("")
              + "). Check roster.database.url, roster.database.username and"
              + " roster.database.password, and that the database runs.",
          e);
    }
  }

  private static void checkPageSize(int pageSize) {
    if (pageSize < 1 || pageSize > RosterConfig.ApiManagement.LARGEST_PAGE) {
      throw new StartupException(
          "roster.apim.page-size="
              + pageSize
              + " has to be 1 to "
              + RosterConfig.ApiManagement.LARGEST_PAGE
              + ".");
    }
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

  private static void checkPorts(RosterConfig config) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("roster.http.port", config.http().port());
    if (config.https().enabled()) {
      ports.put("roster.https.port", config.https().port());
      if (config.nimble().https().enabled()) {
        ports.put("roster.nimble.https.port", config.nimble().https().port());
      }
      if (config.pack().admin().enabled()) {
        ports.put("roster.pack.admin.port", config.pack().admin().port());
      }
      if (config.pack().tenant().enabled()) {
        ports.put("roster.pack.tenant.port", config.pack().tenant().port());
      }
    }
    StringJoiner refusals = new StringJoiner(" Also, ");
    Map<Integer, String> taken = new HashMap<>();
    ports.forEach(
        (property, port) -> {
          String other = port == 0 ? null : taken.put(port, property);
          if (other != null) {
            throw new StartupException(
                other
                    + " and "
                    + property
                    + " are both "
                    + port
                    + ". Set one of them to another port.");
          }
          refusalOfPort(config.http().host(), port, property).ifPresent(refusals::add);
        });
    if (refusals.length() > 0) {
      throw new StartupException(refusals.toString());
    }
  }

  /** Opens a port for a moment; the reason why it cannot be, if there is one. */
  private static Optional<String> refusalOfPort(String host, int port, String property) {
    if (port == 0) {
      return Optional.empty();
    }
    if (port < 0 || port > HIGHEST_PORT) {
      throw new StartupException(
          property + "=" + port + " is no port; it has to be 0 to " + HIGHEST_PORT + ".");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "port "
              + port
              + " on "
              + host
              + " cannot be opened ("
              + e.getMessage()
              + "). Stop what uses it, or set "
              + property
              + " to another port.");
    }
  }
}
