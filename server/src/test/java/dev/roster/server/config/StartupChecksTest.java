package dev.roster.server.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.testing.Configurations;
import dev.roster.testing.TokenIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupChecksTest {

  private static final String ISSUER = "roster.bearer.issuer";
  private static final String KEYS = "roster.bearer.keys";

  private final Map<String, String> properties = new HashMap<>();

  @TempDir private Path folder;

  @BeforeEach
  void takeAnyPort() {
    for (String port :
        new String[] {
          "roster.http.port",
          "roster.https.port",
          "roster.nimble.https.port",
          "roster.pack.admin.port",
          "roster.pack.tenant.port"
        }) {
      properties.put(port, "0");
    }
  }

  private StartupChecksTest with(String property, String value) {
    properties.put(property, value);
    return this;
  }

  private StartupChecksTest strict(String keys) {
    return with("roster.auth", "strict").with(ISSUER, TokenIssuer.NAME).with(KEYS, keys);
  }

  private String keyFile() {
    Path file = folder.resolve("keys.json");
    TokenIssuer.publish(file, TokenIssuer.withNewKey("k"));
    return file.toString();
  }

  private void assertPasses() {
    assertThatCode(() -> StartupChecks.check(Configurations.of(properties)))
        .doesNotThrowAnyException();
  }

  private void assertRefused(String line) {
    assertThatThrownBy(() -> StartupChecks.check(Configurations.of(properties)))
        .isInstanceOf(StartupException.class)
        .hasMessage(line);
  }

  @Test
  void nothingHasToBeSet() {
    assertPasses();
  }

  // ---- address

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "127.1.2.3", "::1"})
  void loopbackAddressMayBeLenient(String host) {
    with("roster.http.host", host).assertPasses();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7"})
  void otherAddressHasToBeStrict(String host) {
    with("roster.http.host", host)
        .assertRefused(
            "roster.http.host="
                + host
                + " is reachable from other machines, where any bearer token would be taken. Set"
                + " roster.auth=strict, listen on 127.0.0.1, or read in the README about"
                + " roster.lenient-off-loopback.");

    with("roster.auth", "lenient")
        .with("roster.nimble.admin-password", "own-password")
        .assertRefused(
            "roster.http.host="
                + host
                + " is reachable from other machines, where any bearer token would be taken. Set"
                + " roster.auth=strict, listen on 127.0.0.1, or read in the README about"
                + " roster.lenient-off-loopback.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void otherAddressNeedsAPasswordOfTheDeployers(String host) {
    with("roster.http.host", host)
        .with("roster.auth", "strict")
        .assertRefused(
            "roster.http.host="
                + host
                + " is reachable from other machines, where everybody knows the password of the"
                + " administrator of a new array. Set roster.nimble.admin-password, or listen on"
                + " 127.0.0.1.");

    with("roster.nimble.admin-password", "own-password").assertPasses();
  }

  @ParameterizedTest
  @ValueSource(strings = {"password-91", "12345", "n3w-Passw0rd"})
  void publishedPasswordIsNoneOfTheDeployers(String password) {
    with("roster.http.host", "0.0.0.0")
        .with("roster.auth", "strict")
        .with("roster.nimble.admin-password", password)
        .assertRefused(
            "roster.http.host=0.0.0.0 is reachable from other machines, where everybody knows the"
                + " password of the administrator of a new array. Set"
                + " roster.nimble.admin-password, or listen on 127.0.0.1.");
  }

  @Test
  void publishedKeyIsNoneOfTheDeployersUnderAnyName() {
    with("roster.batch.accounts.mine", PublishedCredentials.KEY).assertPasses();
    with("roster.http.host", "0.0.0.0")
        .with("roster.auth", "strict")
        .with("roster.nimble.admin-password", "own-password")
        .assertRefused(
            "roster.http.host=0.0.0.0 is reachable from other machines, where everybody knows the"
                + " key of roster.batch.accounts.mine. Set another, or listen on 127.0.0.1.");
  }

  @Test
  void containerMayBeLenientAnywhereButWithoutPublishedCredentials() {
    with("roster.http.host", "0.0.0.0")
        .with("roster.lenient-off-loopback", "i-am-in-a-container")
        .assertRefused(
            "roster.http.host=0.0.0.0 is reachable from other machines, where everybody knows the"
                + " password of the administrator of a new array. Set"
                + " roster.nimble.admin-password, or listen on 127.0.0.1.");
    with("roster.nimble.admin-password", "own-password").assertPasses();
  }

  @Test
  void containerMayAskForTheSampleWorldByName() {
    with("roster.http.host", "0.0.0.0")
        .with("roster.lenient-off-loopback", "i-am-in-a-container")
        .with("roster.sample-world", "true")
        .assertPasses();
  }

  // ---- ports

  @Test
  void allPortsInUseAreNamedAtOnce() throws IOException {
    try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        ServerSocket second = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      with("roster.http.port", Integer.toString(first.getLocalPort()))
          .with("roster.pack.tenant.port", Integer.toString(second.getLocalPort()))
          .assertRefused(
              "port %d on 127.0.0.1 cannot be opened (Address already in use). Stop what uses it, or set roster.http.port to another port. Also, port %d on 127.0.0.1 cannot be opened (Address already in use). Stop what uses it, or set roster.pack.tenant.port to another port."
                  .formatted(first.getLocalPort(), second.getLocalPort()));
    }
  }

  // ---- bearer tokens

  @Test
  void strictModeMayDoWithoutAnIssuer() {
    with("roster.auth", "strict").assertPasses();
  }

  @Test
  void keysMayBeAFileOrAUrl() {
    strict(keyFile()).assertPasses();
    // Whether they can be had may change at any time.
    strict("http://localhost:1/keys").assertPasses();
    strict("HTTPS://issuer.example.test/keys").assertPasses();
  }

  @ParameterizedTest
  @CsvSource({"roster.bearer.issuer, https://issuer", "roster.bearer.keys, keys.json"})
  void issuerAndKeysNeedEachOther(String property, String value) {
    with("roster.auth", "strict")
        .with(property, value)
        .assertRefused(
            "roster.bearer.issuer and roster.bearer.keys need each other; set both or none.");
  }

  @Test
  void issuerHasNoEffectInTheLenientMode() {
    strict(keyFile())
        .with("roster.auth", "lenient")
        .assertRefused(
            "roster.bearer.issuer has no effect without roster.auth=strict; set it, or leave the"
                + " issuer out.");
  }

  @ParameterizedTest
  @CsvSource({"-1s, PT-1S", "3601s, PT1H1S"})
  void clockSkewHasBounds(String skew, String shown) {
    strict(keyFile())
        .with("roster.bearer.clock-skew", skew)
        .assertRefused("roster.bearer.clock-skew=" + shown + " has to be 0s to 1h.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1h"})
  void clockSkewMayBeAtItsBounds(String skew) {
    strict(keyFile()).with("roster.bearer.clock-skew", skew).assertPasses();
  }

  @Test
  void fileOfTheKeysHasToBeThere() {
    String file = folder.resolve("none.json").toString();

    assertNoKeys(file, file + " (No such file or directory)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"keys\": []} | it holds no RSA key with 2048 bits or more and no EC key",
        "{\"keys\": [{\"kty\": \"oct\", \"k\": \"c2VjcmV0\"}]} | it holds no RSA key with 2048 bits or more and no EC key",
        "{} | Missing required \"keys\" member"
      })
  void fileOfTheKeysHasToHoldOneThatTokensCanBeCheckedWith(String content, String reason)
      throws IOException {
    Path file = Files.writeString(folder.resolve("keys.json"), content);

    assertNoKeys(file.toString(), reason);
  }

  @ParameterizedTest
  @CsvSource({
    "https://, 'Expected authority at index 8: https://'",
    "https:///keys, it names no host",
    "'http://issuer/a b', 'Illegal character in path at index 15: http://issuer/a b'"
  })
  void urlOfTheKeysHasToBeOne(String url, String reason) {
    assertNoKeys(url, reason);
  }

  private void assertNoKeys(String keys, String reason) {
    strict(keys)
        .assertRefused(
            "roster.bearer.keys="
                + keys
                + " is no file with a JWK set and no http(s) URL ("
                + reason
                + ").");
  }
}
