package dev.roster.server.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Keeps the migration of the schema, the first use of the database, until the database answers. */
@Singleton
class MigrationStart implements FlywayConfigurationCustomizer {

  @Override
  public void customize(FluentConfiguration configuration) {
    EmbeddedDatabase.awaitStart();
  }
}
