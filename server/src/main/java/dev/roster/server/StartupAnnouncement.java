package dev.roster.server;

import dev.roster.server.config.PublishedCredentials;
import dev.roster.server.config.RosterConfig;
import dev.roster.server.database.EmbeddedDatabase;
import dev.roster.server.http.ApiListeners;
import dev.roster.server.tls.MadeCertificate;
import dev.roster.server.tls.TrustStore;
import io.quarkus.vertx.http.HttpServer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.StringJoiner;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Tells the person who started the server what they need to call it. */
@Singleton
class StartupAnnouncement {

  private static final Logger LOG = Logger.getLogger("dev.roster");

  private final RosterConfig config;
  private final PublishedCredentials published;
  private final HttpServer http;
  private final ApiListeners listeners;
  private final String version;

  @Inject
  StartupAnnouncement(
      RosterConfig config,
      PublishedCredentials published,
      HttpServer http,
      ApiListeners listeners,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.config = config;
    this.published = published;
    this.http = http;
    this.listeners = listeners;
    this.version = version;
  }

  /** Writes one readable block to the log. */
  void print() {
    String origin = "http://" + host() + ":" + http.getPort();
    StringJoiner block = new StringJoiner(System.lineSeparator());
    block.add("Roster " + version + " is ready.");
    block.add("");
    block.add("  Azure Batch    " + origin + "   (api-version 2023-11-01.18.0)");
    if (config.https().enabled()) {
      block.add("                 " + httpsOrigin());
    }
    published
        .batchAccounts()
        .forEach(
            (name, key) -> block.add("    account      " + name + "   key " + shown(name, key)));
    if (!published.batchAccounts().containsKey(PublishedCredentials.ACCOUNT)) {
      block.add("    no account   " + PublishedCredentials.ACCOUNT + ", that of the documentation");
    }
    bearer().ifPresent(token -> block.add("    or " + token));
    block.add("");
    block.add("  API Management " + origin + "   (api-version 2022-08-01)");
    if (config.https().enabled()) {
      block.add("                 " + httpsOrigin());
    }
    if (config.sampleWorld().orElse(true)) {
      block.add("    sample       subscription subid, resource group rg1, service apimService1");
    }
    bearer().ifPresent(token -> block.add("    with " + token));
    block.add("");
    addNimble(block, origin);
    block.add("");
    addAzurePack(block, origin);
    block.add("");
    block.add("  Contracts      " + origin + "/q/swagger-ui");
    block.add("  Rule coverage  " + origin + "/roster/coverage");
    block.add("  Health         " + origin + "/q/health");
    block.add("  Metrics        " + origin + "/q/metrics");
    block.add("  Data           " + config.dataDir().toAbsolutePath());
    block.add("  Database       " + database());
    if (config.https().enabled()) {
      addCertificate(block);
    }
    LOG.info(block);
    if (config.lenientOffLoopback().isPresent()) {
      LOG.warnf(
          "roster.lenient-off-loopback is set: whoever reaches %s port %s is let in with any bearer"
              + " token.",
          config.http().host(), http.getPort());
    }
  }

  private void addNimble(StringJoiner block, String origin) {
    block.add("  HPE Nimble     " + origin + "   (v1, release 5.2)");
    if (config.https().enabled()) {
      block.add("                 " + httpsOrigin());
    }
    listeners
        .openPort("roster.nimble.https")
        .ifPresent(port -> block.add("                 https://" + host() + ":" + port));
    boolean isDefault =
        config.nimble().adminPassword().equals(RosterConfig.Nimble.DEFAULT_ADMIN_PASSWORD);
    block.add(
        "    user         admin   password "
            + (isDefault ? "admin, until it is changed" : "(configured)"));
    if (config.sampleWorld().orElse(true)) {
      block.add("    sample       user user729060021");
    }
  }

  private void addAzurePack(StringJoiner block, String origin) {
    block.add("  Azure Pack     " + origin + "   (administrator interface)");
    if (config.https().enabled()) {
      block.add("                 " + httpsOrigin());
    }
    listeners
        .openPort("roster.pack.admin")
        .ifPresent(port -> block.add("                 https://" + host() + ":" + port));
    listeners
        .openPort("roster.pack.tenant")
        .ifPresent(
            port ->
                block.add(
                    "                 https://" + host() + ":" + port + "   (tenant interface)"));
    if (config.sampleWorld().orElse(true)) {
      block.add("    sample       user aaa@bbb.com");
    }
    bearer().ifPresent(token -> block.add("    with " + token));
  }

  private void addCertificate(StringJoiner block) {
    config
        .https()
        .certificate()
        .ifPresent(own -> block.add("  Certificate    " + own.toAbsolutePath()));
    MadeCertificate.authorityFile(config)
        .ifPresent(
            authority ->
                block.add("  Authority      " + authority + "   (clients of https trust it)"));
    MadeCertificate.trustStoreFile(config)
        .ifPresent(
            store -> block.add("    for Java     " + store + "   password " + TrustStore.PASSWORD));
  }

  private String httpsOrigin() {
    return "https://" + host() + ":" + http.getSecurePort();
  }

  private String host() {
    String host = config.http().host();
    return switch (host) {
      case "0.0.0.0", "127.0.0.1" -> "localhost";
      default -> host.contains(":") ? "[" + host + "]" : host;
    };
  }

  /** What tokens are taken; empty if none are. */
  private Optional<String> bearer() {
    return config.auth() == RosterConfig.AuthMode.LENIENT
        ? Optional.of("any bearer token")
        : config.bearer().issuer().map(issuer -> "a bearer token of " + issuer);
  }

  private String shown(String account, String key) {
    return config.batch().accounts().containsKey(account) ? "(configured)" : key;
  }

  private String database() {
    String url = config.database().url().orElse("");
    if (EmbeddedDatabase.isRunning()) {
      return "embedded PostgreSQL in the data directory";
    }
    // Parameters of a URL may hold a password.
    int question = url.indexOf('?');
    return question < 0 ? url : url.substring(0, question);
  }
}
