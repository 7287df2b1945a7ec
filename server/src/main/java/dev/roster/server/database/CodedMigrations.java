package dev.roster.server.database;

import io.quarkus.arc.All;
import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.JavaMigration;

/** Shows Flyway the migrations that are beans; by itself it looks for SQL files only. */
@Singleton
class CodedMigrations implements FlywayConfigurationCustomizer {

  private final List<JavaMigration> migrations;

  @Inject
  CodedMigrations(@All List<JavaMigration> migrations) {
    this.migrations = migrations;
  }

  @Override
  public void customize(FluentConfiguration configuration) {
    configuration.javaMigrations(migrations.toArray(JavaMigration[]::new));
  }
}
