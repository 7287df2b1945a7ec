package dev.roster.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretFilesTest {

  private static final String SAMPLE = "roster.batch.accounts.test-sample";

  private final Map<String, String> given = new HashMap<>();

  @TempDir private Path folder;

  @AfterEach
  void forget() {
    for (String property :
        new String[] {"roster.nimble.admin-password", "roster.database.password", SAMPLE}) {
      System.clearProperty(property);
    }
  }

  private void read() {
    SecretFiles.read(
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(
                    Map.of(SAMPLE, "c2FtcGxl"), "application.properties", 250),
                new PropertiesConfigSource(given, "given", 400))
            .build());
  }

  private String file(String content) throws IOException {
    return Files.writeString(folder.resolve("secret"), content).toString();
  }

  private void assertRefused(String line) {
    assertThatThrownBy(this::read).isInstanceOf(StartupException.class).hasMessage(line);
  }

  @ParameterizedTest
  @CsvSource({
    "roster.nimble.admin-password-file, roster.nimble.admin-password",
    "roster.database.password-file, roster.database.password",
    "roster.batch.account-key-files.test-sample, roster.batch.accounts.test-sample"
  })
  void contentBecomesTheProperty(String fileProperty, String property) throws IOException {
    given.put(fileProperty, file(" open sesame \n"));

    read();

    assertThat(System.getProperty(property)).isEqualTo(" open sesame ");
  }

  @Test
  void withoutFilesNothingIsSet() {
    read();

    assertThat(System.getProperty(SAMPLE)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "roster.nimble.admin-password-file, roster.nimble.admin-password",
    "roster.database.password-file, roster.database.password",
    "roster.batch.account-key-files.test-sample, roster.batch.accounts.test-sample"
  })
  void propertyAndFileExcludeEachOther(String fileProperty, String property) throws IOException {
    given.put(fileProperty, file("open sesame"));
    given.put(property, "open barley");

    assertRefused(property + " and " + fileProperty + " are both set; leave one of them out.");
  }

  @Test
  void filesThatCannotBeUsedAreRefusedWithoutTheirContent() throws IOException {
    String property = "roster.nimble.admin-password-file";
    given.put(property, "/no/such/file");
    assertRefused(property + "=/no/such/file is no file.");

    given.put(property, folder.toString());
    assertRefused(property + "=" + folder + " is no file.");

    given.put(property, file("\n"));
    assertRefused(property + "=" + given.get(property) + " is empty.");

    given.put(property, file("x".repeat(4097)));
    assertRefused(
        property
            + "="
            + given.get(property)
            + " has more than 4096 bytes, which is no password and no key.");

    Files.write(folder.resolve("secret"), new byte[] {'a', (byte) 0xff});
    assertRefused(
        property
            + "="
            + given.get(property)
            + " cannot be read as UTF-8 text; check who may read it.");
  }
}
