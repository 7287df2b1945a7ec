package dev.roster.testing;

import dev.roster.server.database.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** Gives the tests of one JVM a PostgreSQL of their own, in a folder that goes with them. */
public final class DatabaseTestResource implements QuarkusTestResourceLifecycleManager {

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
    database = EmbeddedDatabase.start(dataDir, CONNECTIONS);
    return Map.of(
        "roster.data-dir", dataDir.toString(),
        "roster.database.url", database.jdbcUrl(),
        "roster.database.username", database.username(),
        "roster.database.password", database.password(),
        "roster.database.max-connections", Integer.toString(CONNECTIONS),
        // The rules of passwords do not depend on the cost of a hash.
        "roster.passwords.memory-kib", "64",
        "roster.passwords.iterations", "1");
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
