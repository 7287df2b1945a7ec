package dev.roster.specs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vendor's checkout is one of our own making here; nothing is fetched. */
class PublishedVersionsTest {

  private static final Contract CONTRACT =
      Contract.of(
          "an-api",
          """
          components:
            parameters:
              api-version:
                schema: {type: string, enum: [2021-08-01.2.0, '2022-08-01']}
                x-retired: [2020-12-01.1.0]
                x-published: {folders: [a/stable, a/preview]}
          paths: {}
          """,
          "");

  @TempDir Path checkout;

  static Stream<Contract> contracts() throws IOException {
    return Contract.all().filter(PublishedVersions::listsVersions);
  }

  private void publish(String... folders) throws IOException {
    for (String folder : folders) {
      Files.createDirectories(checkout.resolve(folder));
    }
  }

  @Test
  void servedAndRetiredVersionsAreKnown() throws IOException {
    publish("a/stable/2020-12-01.1.0", "a/stable/2021-08-01.2.0", "a/stable/2022-08-01");

    assertThat(PublishedVersions.unlisted(CONTRACT, checkout)).isEmpty();
  }

  @Test
  void versionInNoListIsNewInItsFolder() throws IOException {
    publish("a/stable/2022-08-01", "a/stable/2023-01-01.3.0", "a/preview/2024-01-01-preview");

    assertThat(PublishedVersions.unlisted(CONTRACT, checkout))
        .containsExactly(
            entry("2023-01-01.3.0", "a/stable"), entry("2024-01-01-preview", "a/preview"));
  }

  @Test
  void otherFoldersAndFilesAreNoVersions() throws IOException {
    publish("a/stable/common", "a/stable/cadl", "a/other/2024-01-01");
    Files.writeString(checkout.resolve("a/stable/2024-01-01"), "a file");

    assertThat(PublishedVersions.unlisted(CONTRACT, checkout)).isEmpty();
  }

  @Test
  void folderThatIsNoCheckoutIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> PublishedVersions.unlisted(CONTRACT, checkout))
        .withMessageContaining("an-api")
        .withMessageContaining("x-published");
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void contractListsEveryVersionOnceAndOldestFirst(Contract contract) {
    Map<?, ?> parameter =
        (Map<?, ?>) contract.at("#/components/parameters/api-version").orElseThrow().node();
    List<String> served = texts(((Map<?, ?>) parameter.get("schema")).get("enum"));
    List<String> retired = texts(parameter.get("x-retired"));

    assertThat(served).isNotEmpty().doesNotHaveDuplicates().isSorted();
    assertThat(retired).isNotEmpty().doesNotHaveDuplicates();
    assertThat(retired).allSatisfy(version -> assertThat(version).isLessThan(served.get(0)));
    assertThat(served).contains(String.valueOf(parameter.get("example")));
  }

  @Test
  void twoContractsListVersions() throws IOException {
    assertThat(contracts())
        .extracting(Contract::name)
        .containsExactly("azure-api-management", "azure-batch");
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }
}
