package dev.roster.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerivedPropertiesTest {

  private static final String FIXED =
      " is not for setting, because the server depends on its own value; leave it out.";

  /** A deployer may set them; nothing is derived from them and no safety depends on them. */
  private static final Set<String> FREE =
      Set.of(
          "quarkus.banner.enabled",
          "quarkus.log.level",
          "quarkus.rest.jackson.optimization.enable-reflection-free-serializers",
          "quarkus.shutdown.timeout",
          "quarkus.swagger-ui.always-include",
          "quarkus.swagger-ui.path",
          "quarkus.swagger-ui.title");

  /** The same: loggers whose lines are only too many, and pages of the contracts. */
  private static final List<String> FREE_KINDS =
      List.of(
          "quarkus.swagger-ui.urls.",
          "quarkus.log.category.\"io.zonky\"",
          "quarkus.log.category.\"org.flywaydb\"",
          "quarkus.log.category.\"io.agroal\"",
          "quarkus.log.category.\"org.hibernate.",
          "quarkus.log.category.\"io.micrometer.",
          "quarkus.log.category.\"io.quarkus.runtime.Application\"");

  private static SmallRyeConfig config(ConfigSource source) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withProfile("prod")
        .withSources(source)
        .build();
  }

  private static SmallRyeConfig file(String property) {
    return config(new PropertiesConfigSource(Map.of(property, "1"), "test", 260));
  }

  private static SmallRyeConfig environment(String variable) {
    return config(new EnvConfigSource(Map.of(variable, "1"), 300));
  }

  private static void assertRefused(SmallRyeConfig config, String line) {
    assertThatThrownBy(() -> DerivedProperties.check(config))
        .isInstanceOf(StartupException.class)
        .hasMessage(line);
  }

  /** Whatever the package sets is for nobody else to set, unless it is known to be harmless. */
  static Stream<String> packagedProperties() throws IOException {
    Properties packaged = new Properties();
    try (InputStream in = DerivedProperties.class.getResourceAsStream("/application.properties")) {
      packaged.load(in);
    }
    return packaged.stringPropertyNames().stream()
        .filter(name -> name.startsWith("quarkus."))
        .filter(name -> !FREE.contains(name) && FREE_KINDS.stream().noneMatch(name::startsWith));
  }

  @ParameterizedTest
  @MethodSource("packagedProperties")
  void whatThePackageSetsIsRefusedFromAnyOtherSource(String property) {
    assertThatThrownBy(() -> DerivedProperties.check(file(property)))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith(property);
    assertThatThrownBy(() -> DerivedProperties.check(file("%prod." + property)))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("%prod." + property);
    String variable = EnvironmentForm.of(property);
    assertThatThrownBy(() -> DerivedProperties.check(environment(variable)))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith(variable);
    assertThatThrownBy(() -> DerivedProperties.check(environment("_PROD_" + variable)))
        .isInstanceOf(StartupException.class)
        .hasMessageStartingWith("_PROD_" + variable);
  }

  @ParameterizedTest
  @CsvSource({
    "quarkus.http.host, roster.http.host",
    "QUARKUS_HTTP_HOST, roster.http.host",
    "quarkus.http.port, roster.http.port",
    "quarkus.http.ssl-port, roster.https.port",
    "quarkus.http.ssl.certificate.files, roster.https.certificate and roster.https.key",
    "quarkus.http.tls-configuration-name, roster.https.certificate and roster.https.key",
    "quarkus.tls.roster.protocols, roster.https.certificate and roster.https.key",
    "quarkus.tls.key-store.pem.0.cert, roster.https.certificate and roster.https.key",
    "quarkus.datasource.jdbc.url, roster.database.url",
    "quarkus.datasource.username, roster.database.username",
    "QUARKUS_DATASOURCE_PASSWORD, roster.database.password",
    "quarkus.datasource.jdbc.max-size, roster.database.max-connections"
  })
  void refusalNamesThePropertyToSet(String setting, String instead) {
    assertRefused(
        file(setting),
        setting + " would go past the checks of the server; set " + instead + " instead.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quarkus.http.host-enabled",
        "quarkus.http.domain-socket-enabled",
        "quarkus.http.limits.max-body-size",
        "quarkus.http.insecure-requests",
        "quarkus.http.http2",
        "quarkus.http.proxy.proxy-address-forwarding",
        "quarkus.management.host",
        "quarkus.datasource.other.jdbc.url",
        "quarkus.hibernate-orm.multitenant",
        "quarkus.flyway.jdbc-url",
        "quarkus.log.category.\"org.postgresql.core\".level"
      })
  void whatNoPropertyOfTheServersDoesIsRefusedAsWell(String setting) {
    assertRefused(file(setting), setting + FIXED);
  }

  @Test
  void allAreNamedAtOnce() {
    SmallRyeConfig config =
        config(
            new PropertiesConfigSource(
                Map.of("quarkus.http.http2", "true", "quarkus.http.port", "1"), "test", 260));

    assertThatThrownBy(() -> DerivedProperties.check(config))
        .hasMessageContainingAll("quarkus.http.http2 is not", "; quarkus.http.port would go");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quarkus.log.level",
        "quarkus.log.category.\"io.agroal\".level",
        "quarkus.shutdown.timeout",
        "quarkus.httpx",
        "my.quarkus.http.host",
        "roster.http.host"
      })
  void othersMayBeSet(String setting) {
    assertThatCode(() -> DerivedProperties.check(file(setting))).doesNotThrowAnyException();
    assertThatCode(() -> DerivedProperties.check(environment(EnvironmentForm.of(setting))))
        .doesNotThrowAnyException();
  }

  @Test
  void profileIsRefused() {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder().addDefaultInterceptors().withProfile("mine").build();

    assertRefused(
        config,
        "the configuration profile mine would change what the server depends on; leave"
            + " quarkus.profile out.");
  }

  @Test
  void packagedFileItselfPasses() throws IOException {
    var file = DerivedProperties.class.getResource("/application.properties");
    SmallRyeConfig config = config(new PropertiesConfigSource(file, 250));

    assertThat(config.getConfigSources()).hasSize(2);
    assertThatCode(() -> DerivedProperties.check(config)).doesNotThrowAnyException();
  }
}
