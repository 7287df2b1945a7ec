package dev.roster.specs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of the README that the build makes from the contracts, between two comments.
 *
 * <p>With {@code -Dtesting.write=true} a test writes the part instead of comparing it.
 *
 * @param name the word in the comment before it, such as {@code operations}
 */
record GeneratedSection(String name) {

  private static final Path README =
      Path.of(System.getProperty("testing.specs")).resolveSibling("README.md");

  /** Fails if the README has another text here, and names the command that writes this one. */
  void check(String text) throws IOException {
    String opening = "<!-- %s: generated from the contracts -->\n".formatted(name);
    String readme = Files.readString(README);
    int begin = readme.indexOf(opening);
    int end = readme.indexOf("<!-- end of %s -->\n".formatted(name));
    assertThat(begin).as("README.md has the comment %s", opening.strip()).isNotNegative();
    assertThat(end).as("README.md has the comment that ends %s", name).isGreaterThan(begin);
    begin += opening.length();
    if (Boolean.getBoolean("testing.write")) {
      Files.writeString(README, readme.substring(0, begin) + text + readme.substring(end));
      return;
    }
    assertThat(readme.substring(begin, end))
        .as(
            "README.md shows the %s of the contracts; "
                + "'mvn -f specs test -Dtest=ReadmeTest -Dtesting.write=true' writes them",
            name)
        .isEqualTo(text);
  }
}
