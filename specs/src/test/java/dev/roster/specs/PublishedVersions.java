package dev.roster.specs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compares the versions that a contract lists with those that the vendor publishes.
 *
 * <p>The parameter {@code api-version} of a contract lists the served ones as its enum and the
 * retired ones under {@code x-retired}; {@code x-published} names the folders of the vendor's
 * repository that have a folder for each version. CONTRIBUTING.md says when to run this.
 */
final class PublishedVersions {

  /** A date, and what follows it; the vendor has other folders beside those of versions. */
  private static final Pattern VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}([.-].*)?");

  private PublishedVersions() {}

  /**
   * Prints what is new.
   *
   * @param args the root of a checkout of the vendor's repository
   * @throws IllegalStateException if something is new, which fails the build that runs this
   */
  public static void main(String... args) throws IOException {
    Path checkout = Path.of(args[0]);
    List<String> lines = new ArrayList<>();
    for (Contract contract : Contract.all().toList()) {
      if (listsVersions(contract)) {
        unlisted(contract, checkout)
            .forEach(
                (version, folder) ->
                    lines.add(contract.name() + ": " + version + " is new in " + folder));
      }
    }
    lines.forEach(System.out::println);
    if (!lines.isEmpty()) {
      throw new IllegalStateException(
          lines.size() + " published versions are in no contract: " + lines);
    }
    System.out.println("The contracts list every published version.");
  }

  /** Whether callers of the API name the version that they speak. */
  static boolean listsVersions(Contract contract) {
    return !parameter(contract).isEmpty();
  }

  /**
   * The published versions that the contract has neither as served nor as retired, each with its
   * folder in the repository.
   *
   * @param checkout the root of the vendor's repository
   * @throws IllegalStateException if none of the folders is there
   */
  static Map<String, String> unlisted(Contract contract, Path checkout) throws IOException {
    Set<String> listed = new TreeSet<>();
    texts(Contract.map(parameter(contract), "schema").get("enum")).forEach(listed::add);
    texts(parameter(contract).get("x-retired")).forEach(listed::add);
    List<String> folders =
        texts(Contract.map(parameter(contract), "x-published").get("folders"))
            .filter(folder -> Files.isDirectory(checkout.resolve(folder)))
            .toList();
    if (folders.isEmpty()) {
      throw new IllegalStateException(
          checkout + " has none of the folders that " + contract + " names under x-published");
    }
    Map<String, String> unlisted = new TreeMap<>();
    for (String folder : folders) {
      try (Stream<Path> versions = Files.list(checkout.resolve(folder))) {
        versions
            .filter(Files::isDirectory)
            .map(version -> version.getFileName().toString())
            .filter(version -> VERSION.matcher(version).matches())
            .filter(version -> !listed.contains(version))
            .forEach(version -> unlisted.put(version, folder));
      }
    }
    return unlisted;
  }

  private static Map<?, ?> parameter(Contract contract) {
    return Contract.map(
        Contract.map(Contract.map(contract.document(), "components"), "parameters"), "api-version");
  }

  private static Stream<String> texts(Object list) {
    return list instanceof List<?> texts ? texts.stream().map(String::valueOf) : Stream.of();
  }
}
