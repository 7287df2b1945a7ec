package dev.roster.testing;

import dev.roster.server.database.EmbeddedDatabase;
import dev.roster.server.tls.ServerCertificate;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Gives the tests of one JVM what {@code Main} gives the server: a PostgreSQL and a certificate of
 * their own, in a folder that goes with them.
 *
 * <p>{@link Trust} reads the authority from there: {@code roster.data-dir}.
 */
public final class DatabaseTestResource implements QuarkusTestResourceLifecycleManager {

  /** All tests of a build share it. */
  public static final Path CACHE_DIR = Path.of("target", "roster-cache");

  private static final int CONNECTIONS = 32;

  private Path dataDir;
  private EmbeddedDatabase database;

  @Override
  public Map<String, String> start() {
    try {
      dataDir = Files.createTempDirectory("roster-test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    database = EmbeddedDatabase.start(dataDir, CACHE_DIR, CONNECTIONS);
    ServerCertificate certificate = ServerCertificate.made(dataDir, Clock.systemUTC());
    certificate.prepare();
    Map<String, String> properties = new HashMap<>(certificate.quarkusProperties());
    properties.put("roster.data-dir", dataDir.toString());
    properties.put("roster.database.url", database.jdbcUrl());
    properties.put("roster.database.username", database.username());
    properties.put("roster.database.password", database.password());
    properties.put("roster.database.max-connections", Integer.toString(CONNECTIONS));
    // The rules of passwords do not depend on the cost of a hash.
    properties.put("roster.passwords.allow-cheap", "true");
    properties.put("roster.passwords.memory-kib", "64");
    properties.put("roster.passwords.iterations", "1");
    return properties;
  }

  @Override
  public void stop() {
    if (database != null) {
      database.close();
      try (Stream<Path> files = Files.walk(dataDir)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
