package dev.roster.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * Secrets that a deployer keeps in files, out of the list of processes and of environments.
 *
 * <p>The content becomes a system property of the running server, which Quarkus reads like the
 * others. An end of line after it does not count.
 */
final class SecretFiles {

  private static final String ACCOUNTS = "roster.batch.accounts.";
  private static final String ACCOUNT_FILES = "roster.batch.account-key-files.";

  private static final Map<String, String> PROPERTIES =
      Map.of(
          "roster.nimble.admin-password-file", "roster.nimble.admin-password",
          "roster.database.password-file", "roster.database.password");

  private static final long LONGEST = 4096;

  /** Of what the server itself brings; MicroProfile Config gives it to the file in the jar. */
  private static final int ORDINAL_OF_DEFAULTS = 250;

  private SecretFiles() {}

  /**
   * Reads the files that are configured.
   *
   * @throws StartupException that names the property and the file, and never quotes the content
   */
  static void read(Config config) {
    Map<String, String> files = new LinkedHashMap<>(PROPERTIES);
    for (String name : config.getPropertyNames()) {
      if (name.startsWith(ACCOUNT_FILES)) {
        files.put(name, ACCOUNTS + name.substring(ACCOUNT_FILES.length()));
      }
    }
    files.forEach(
        (fileProperty, property) ->
            config
                .getOptionalValue(fileProperty, String.class)
                .ifPresent(
                    file -> {
                      refuseBoth(config, property, fileProperty);
                      System.setProperty(property, content(fileProperty, file));
                    }));
  }

  private static void refuseBoth(Config config, String property, String fileProperty) {
    ConfigValue value = config.getConfigValue(property);
    if (value.getValue() != null && value.getSourceOrdinal() > ORDINAL_OF_DEFAULTS) {
      throw new StartupException(
          property + " and " + fileProperty + " are both set; leave one of them out.");
    }
  }

  private static String content(String property, String file) {
    String setting = property + "=" + file;
    try {
      Path path = Path.of(file);
      if (!Files.isRegularFile(path)) {
        throw new StartupException(setting + " is no file.");
      }
      if (Files.size(path) > LONGEST) {
        throw new StartupException(
            setting + " has more than " + LONGEST + " bytes, which is no password and no key.");
      }
      String content = Files.readString(path).replaceFirst("\\R$", "");
      if (content.isEmpty()) {
        throw new StartupException(setting + " is empty.");
      }
      return content;
    } catch (IOException | IllegalArgumentException e) {
      throw new StartupException(
          setting + " cannot be read as UTF-8 text; check who may read it.", e);
    }
  }
}
