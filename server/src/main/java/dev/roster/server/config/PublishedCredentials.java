package dev.roster.server.config;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The keys and passwords that the documentation and the sample world publish, which everybody
 * knows.
 *
 * <p>They work on loopback only, or in a container whose deployer asks for the sample world by
 * name; in a database that was made on loopback as well.
 */
@Singleton
public class PublishedCredentials {

  /** The account of the documentation's examples. */
  public static final String ACCOUNT = "devbatch";

  static final String KEY = "Zm9vYmFyYmF6a2V5Zm9vYmFyYmF6a2V5MDEyMzQ1Njc4OWFiY2RlZg==";

  static final Set<String> PASSWORDS =
      Set.of(
          RosterConfig.Nimble.DEFAULT_ADMIN_PASSWORD,
          "password-91",
          "password-92",
          "12345",
          "67890",
          "Passw0rd!",
          "n3w-Passw0rd",
          "changeit");

  private final boolean work;
  private final Map<String, String> configuredAccounts;

  /** The host is the one that Quarkus binds. */
  @Inject
  PublishedCredentials(
      @ConfigProperty(name = "quarkus.http.host") String host, RosterConfig config) {
    this.work = work(ListenAddress.of(host), config);
    this.configuredAccounts = config.batch().accounts();
  }

  /** Whether they work on an address. */
  static boolean work(ListenAddress address, RosterConfig config) {
    return address.isLoopback()
        || (config.auth() == RosterConfig.AuthMode.LENIENT
            && config.lenientOffLoopback().isPresent()
            && config.sampleWorld().orElse(false));
  }

  /** Whether they work on this server. */
  public boolean work() {
    return work;
  }

  /** Whether a password is published, on a server where such passwords do not work. */
  public boolean isRefused(String password) {
    return !work && PASSWORDS.contains(password);
  }

  /**
   * The accounts of Batch, each with its base64 key: those of the deployer, or else the sample
   * account where published keys work.
   */
  public Map<String, String> batchAccounts() {
    if (!configuredAccounts.isEmpty()) {
      return configuredAccounts;
    }
    return work ? Map.of(ACCOUNT, KEY) : Map.of();
  }
}
