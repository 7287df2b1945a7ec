package dev.roster.server.config;

import io.smallrye.config.DefaultValuesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.net.URL;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The {@code quarkus.*} properties that the server derives from {@code roster.*} or that its safety
 * depends on.
 *
 * <p>A value from elsewhere would take effect behind the back of {@link StartupChecks}, whichever
 * source it came from: a system property, the environment, a file, or a profile of one of them.
 */
final class DerivedProperties {

  private static final String ANY = "*";

  private static final String PACKAGED_FILE = "/application.properties";
  private static final Pattern LOCATION = Pattern.compile("\\[source=(.+)]");

  /** The profile of the packaged server. */
  private static final List<String> ONLY_PROFILE = List.of("prod");

  /**
   * One property, or all whose names begin in the same way.
   *
   * @param name of a property; its beginning, if the last character is {@code *}
   * @param instead the deployer's properties for the same purpose; empty if there is none
   */
  private record Derived(String name, String instead) {

    private boolean covers(String environmentForm) {
      String pattern =
          name.endsWith(ANY)
              ? EnvironmentForm.of(name.substring(0, name.length() - 1)) + ".*"
              : EnvironmentForm.of(name);
      // A profile may stand before the name.
      return environmentForm.matches("(_[A-Z0-9_]*_)?" + pattern);
    }

    private String refusal(String setting) {
      return instead.isEmpty()
          ? setting
              + " is not for setting, because the server depends on its own value; leave it out"
          : setting + " would go past the checks of the server; set " + instead + " instead";
    }
  }

  /** The first that covers a name counts. */
  private static final List<Derived> DERIVED =
      List.of(
          new Derived("quarkus.http.host", "roster.http.host"),
          new Derived("quarkus.http.port", "roster.http.port"),
          new Derived("quarkus.http.ssl-port", "roster.https.port"),
          new Derived("quarkus.http.ssl.*", "roster.https.certificate and roster.https.key"),
          new Derived(
              "quarkus.http.tls-configuration-name",
              "roster.https.certificate and roster.https.key"),
          new Derived("quarkus.http.access-log.enabled", "roster.log.access"),
          new Derived("quarkus.http.*", ""),
          new Derived("quarkus.tls.*", "roster.https.certificate and roster.https.key"),
          new Derived("quarkus.management.*", ""),
          new Derived("quarkus.datasource.jdbc.url", "roster.database.url"),
          new Derived("quarkus.datasource.jdbc.max-size", "roster.database.max-connections"),
          new Derived("quarkus.datasource.username", "roster.database.username"),
          new Derived("quarkus.datasource.password", "roster.database.password"),
          new Derived("quarkus.datasource.*", ""),
          new Derived("quarkus.flyway.*", ""),
          new Derived("quarkus.hibernate-orm.*", ""),
          // Below their levels these loggers write passwords, hashes and tokens.
          new Derived("quarkus.log.console.json.enabled", "roster.log.json"),
          new Derived("quarkus.log.category.\"org.jboss.resteasy.reactive*", ""),
          new Derived("quarkus.log.category.\"WebApplicationException*", ""),
          new Derived("quarkus.log.category.\"org.postgresql*", ""),
          new Derived("quarkus.log.category.\"io.quarkus.micrometer*", ""),
          new Derived("quarkus.log.category.\"io.vertx.ext.web*", ""));

  private DerivedProperties() {}

  /**
   * Refuses a configuration that overrides one.
   *
   * @throws StartupException with one line that names the properties to set instead
   */
  static void check(SmallRyeConfig config) {
    if (!config.getProfiles().equals(ONLY_PROFILE)) {
      throw new StartupException(
          "the configuration profile "
              + String.join(",", config.getProfiles())
              + " would change what the server depends on; leave quarkus.profile out.");
    }
    StringJoiner refusals = new StringJoiner("; ");
    Set<String> seen = new HashSet<>();
    for (ConfigSource source : config.getConfigSources()) {
      if (isDeployers(source)) {
        for (String name : names(source)) {
          String form = EnvironmentForm.of(name);
          DERIVED.stream()
              .filter(derived -> derived.covers(form))
              .findFirst()
              .filter(derived -> seen.add(form))
              .ifPresent(derived -> refusals.add(derived.refusal(name)));
        }
      }
    }
    if (refusals.length() > 0) {
      throw new StartupException(refusals + ".");
    }
  }

  /** Variables stand first; sources of the environment list them as properties, too. */
  private static List<String> names(ConfigSource source) {
    return source.getPropertyNames().stream()
        .sorted(
            Comparator.comparing((String name) -> !name.equals(EnvironmentForm.of(name)))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private static boolean isDeployers(ConfigSource source) {
    return !(source instanceof DefaultValuesConfigSource)
        && !location(source.getName()).equals(packagedFile());
  }

  private static String packagedFile() {
    URL file = DerivedProperties.class.getResource(PACKAGED_FILE);
    return file == null ? "" : normal(file.toString());
  }

  private static String location(String sourceName) {
    Matcher location = LOCATION.matcher(sourceName);
    return location.find() ? normal(location.group(1)) : sourceName;
  }

  /** URLs of files have one slash or three after the scheme. */
  private static String normal(String url) {
    return url.replace("file:///", "file:/");
  }
}
