package dev.roster.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupException;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectNamesTest {

  @Test
  void configuredNamesAndAddressesJoinThoseOfThisMachine() {
    SubjectNames names =
        SubjectNames.configured(
            config("127.0.0.1", "Roster.Example,*.batch.example,my_host,192.0.2.7,2001:DB8::1"));

    assertThat(names.dns())
        .containsExactly(
            "*.batch.example", "*.localhost", "localhost", "my_host", "roster.example");
    assertThat(names.addresses())
        .containsExactly("0:0:0:0:0:0:0:1", "127.0.0.1", "192.0.2.7", "2001:db8:0:0:0:0:0:1");
  }

  @Test
  void addressThatIsListenedOnIsAmongThem() {
    assertThat(SubjectNames.configured(config("192.0.2.7", "localhost")).addresses())
        .containsExactly("0:0:0:0:0:0:0:1", "127.0.0.1", "192.0.2.7");
    assertThat(SubjectNames.configured(config("roster.example", "localhost")).dns())
        .containsExactly("*.localhost", "localhost", "roster.example");
    for (String any : new String[] {"0.0.0.0", "::"}) {
      assertThat(SubjectNames.configured(config(any, "localhost")))
          .isEqualTo(SubjectNames.ofThisMachine());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "300.1.1.1",
        "1.2.3",
        "https://roster.example",
        "roster.example:8443",
        "[::1]",
        "a..b",
        "-a.example",
        "a.*.example",
        "*",
        "r\u00f6ster.example"
      })
  void whatIsNeitherNameNorAddressIsRefused(String name) {
    assertThatThrownBy(() -> SubjectNames.configured(config("127.0.0.1", "good.example," + name)))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "roster.https.names: "
                + name
                + " is neither a host name such as roster.example or *.roster.example nor an IP"
                + " address.");
  }

  private static RosterConfig config(String host, String names) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withMapping(RosterConfig.class)
        .withDefaultValue("user.home", "/home/roster")
        .withDefaultValue("roster.http.host", host)
        .withDefaultValue("roster.https.names", names)
        .addDefaultInterceptors()
        .build()
        .getConfigMapping(RosterConfig.class);
  }
}
