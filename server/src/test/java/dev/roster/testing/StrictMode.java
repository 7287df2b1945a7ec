package dev.roster.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A server in the strict mode, which trusts one issuer whose keys lie in a folder that goes with
 * the tests.
 */
public final class StrictMode implements QuarkusTestResourceLifecycleManager {

  private static final String PRIVATE = "issuer.json";

  private Path folder;

  @Override
  public Map<String, String> start() {
    try {
      folder = Files.createTempDirectory("roster-issuer");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TokenIssuer issuer = TokenIssuer.withNewKey("first");
    issuer.save(folder.resolve(PRIVATE));
    Path keys = folder.resolve("keys.json");
    TokenIssuer.publish(keys, issuer);
    Map<String, String> properties = new HashMap<>();
    properties.put("roster.auth", "strict");
    properties.put("roster.bearer.issuer", TokenIssuer.NAME);
    properties.put("roster.bearer.keys", keys.toString());
    // Tests may open them.
    properties.put("roster.nimble.https.port", "0");
    properties.put("roster.pack.admin.port", "0");
    properties.put("roster.pack.tenant.port", "0");
    return properties;
  }

  /** The issuer that is trusted, who is made outside of the class loader of the tests. */
  public static TokenIssuer issuer(Path keys) {
    return TokenIssuer.saved(keys.resolveSibling(PRIVATE));
  }

  /** Does something while the file of the keys is not there. */
  public static void withoutKeys(Path keys, Runnable work) {
    Path elsewhere = keys.resolveSibling("elsewhere.json");
    try {
      Files.move(keys, elsewhere);
      try {
        work.run();
      } finally {
        Files.move(elsewhere, keys);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (folder != null) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
