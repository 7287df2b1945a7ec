package dev.roster.specs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No contract breaks what the last release promised without saying so in the changelog.
 *
 * <p>{@code specs/<api>/released/openapi.yaml} is the contract of the last release. What breaks the
 * callers of an operation, and every rule or variant that is gone, has to stand under {@code ###
 * Breaking} at the top of the changelog, and nothing else may stand there.
 */
class ReleasedContractsTest {

  private static final Path SPECS = Path.of(System.getProperty("testing.specs"));

  /** The newest part of the changelog up to the next one. */
  private static final Pattern NEWEST = Pattern.compile("(?ms)^## .*?(?=^## |\\z)");

  private static final Pattern BREAKING = Pattern.compile("(?ms)^### Breaking$(.*?)(?=^### |\\z)");
  private static final Pattern ANNOUNCEMENT = Pattern.compile("(?m)^- `([^`]+)` `([^`]+)`: \\S");

  static Stream<String> apis() throws IOException {
    return Contract.all().map(Contract::name);
  }

  @ParameterizedTest
  @MethodSource("apis")
  void breaksOnlyWhatTheChangelogAnnounces(String api) throws IOException {
    BreakingChanges changes =
        BreakingChanges.between(
            Files.readString(SPECS.resolve(api).resolve("released/openapi.yaml")),
            Files.readString(SPECS.resolve(api).resolve("openapi.yaml")));
    Set<String> announced = announced(Files.readString(SPECS.resolveSibling("CHANGELOG.md")), api);

    Map<String, String> unannounced = new TreeMap<>(changes.places());
    unannounced.keySet().removeAll(announced);
    assertThat(unannounced)
        .as(
            "specs/%s/openapi.yaml breaks what specs/%s/released/openapi.yaml promises. Take the change back, or"
                + " announce each place under '### Breaking' of CHANGELOG.md as '- `%s` `<place>`: what changed'."
                + " All differences:%n%s",
            api, api, api, changes.diff())
        .isEmpty();
    assertThat(announced)
        .as("what CHANGELOG.md announces as breaking in %s breaks something", api)
        .isSubsetOf(changes.places().keySet());
  }

  @Test
  void onlyTheNewestPartOfTheChangelogAnnounces() {
    String changelog =
        """
        # Changelog

        ## Unreleased

        ### Breaking

        - `azure-batch` `Pool_Add`: answers 202.
        - `nimble` `nimble.users.order`: lists are sorted.

        ### Added

        - `azure-batch` `Pool_Get`: no break.

        ## 0.1.0

        ### Breaking

        - `azure-batch` `Pool_Delete`: announced once before.
        """;

    assertThat(announced(changelog, "azure-batch")).containsExactly("Pool_Add");
    assertThat(announced(changelog, "nimble")).containsExactly("nimble.users.order");
    assertThat(announced(changelog, "azure-pack")).isEmpty();
  }

  private static Set<String> announced(String changelog, String api) {
    return NEWEST
        .matcher(changelog)
        .results()
        .limit(1)
        .flatMap(part -> BREAKING.matcher(part.group()).results())
        .flatMap(part -> ANNOUNCEMENT.matcher(part.group(1)).results())
        .filter(announcement -> announcement.group(1).equals(api))
        .map(announcement -> announcement.group(2))
        .collect(Collectors.toSet());
  }
}
