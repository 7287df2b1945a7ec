package dev.roster.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Configurations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishedCredentialsTest {

  /** A member, an argument or a call that sets a password, with the password in quotes or bare. */
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?i)(?:\"password\": *|\\bpassword: +|password\\(|password=)\"?([\\w!.-]{5,})\"?");

  /** They follow such a word and are no passwords. */
  private static final Set<String> NO_PASSWORDS =
      Set.of("NsPassword", "optional", "removed", "required", "string");

  private static PublishedCredentials on(String host, String... properties) {
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < properties.length; i += 2) {
      all.put(properties[i], properties[i + 1]);
    }
    return new PublishedCredentials(host, Configurations.of(all));
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, lenient, , , true",
    "::1, strict, , false, true",
    "0.0.0.0, strict, , true, false",
    "0.0.0.0, strict, i-am-in-a-container, true, false",
    "192.0.2.7, strict, , , false",
    "0.0.0.0, lenient, i-am-in-a-container, , false",
    "0.0.0.0, lenient, i-am-in-a-container, false, false",
    "0.0.0.0, lenient, i-am-in-a-container, true, true"
  })
  void publishedCredentialsWorkOnLoopbackOrForWhoeverAsksByName(
      String host, String auth, String container, String sampleWorld, boolean work) {
    Map<String, String> properties = new HashMap<>();
    properties.put("roster.auth", auth);
    if (container != null) {
      properties.put("roster.lenient-off-loopback", container);
    }
    if (sampleWorld != null) {
      properties.put("roster.sample-world", sampleWorld);
    }
    PublishedCredentials credentials =
        new PublishedCredentials(host, Configurations.of(properties));

    assertThat(credentials.work()).isEqualTo(work);
    assertThat(credentials.isRefused("admin")).isEqualTo(!work);
    assertThat(credentials.isRefused("password-91")).isEqualTo(!work);
    assertThat(credentials.isRefused("own-password")).isFalse();
    assertThat(credentials.batchAccounts().keySet())
        .isEqualTo(work ? Set.of("devbatch") : Set.of());
  }

  @Test
  void ownAccountsTakeThePlaceOfTheSampleAccount() {
    assertThat(on("127.0.0.1", "roster.batch.accounts.mine", "a2V5").batchAccounts())
        .isEqualTo(Map.of("mine", "a2V5"));
    assertThat(on("0.0.0.0", "roster.batch.accounts.mine", "a2V5").batchAccounts())
        .isEqualTo(Map.of("mine", "a2V5"));
  }

  @Test
  void everyPasswordOfTheDocumentationIsKnown() throws IOException {
    Path root = Path.of("..").toAbsolutePath().normalize();
    Set<String> published = new TreeSet<>();
    List<Path> places =
        Stream.of("README.md", "docs", "client/README.md", "specs").map(root::resolve).toList();
    for (Path place : places) {
      try (Stream<Path> files = Files.walk(place)) {
        List<Path> pages =
            files
                .filter(file -> file.toString().matches(".*(\\.md|/openapi\\.yaml)"))
                .filter(file -> !file.toString().matches(".*/(target|released|node_modules)/.*"))
                .toList();
        for (Path page : pages) {
          published.addAll(
              PASSWORD
                  .matcher(Files.readString(page))
                  .results()
                  .map(found -> found.group(1))
                  .collect(Collectors.toSet()));
        }
      }
    }
    published.removeAll(NO_PASSWORDS);

    assertThat(published).contains("password-91", "admin", "12345");
    assertThat(PublishedCredentials.PASSWORDS).containsAll(published);
  }
}
