package dev.roster.server.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.testing.Covers;
import dev.roster.testing.DatabaseTestResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pools that a former version stored, in a schema of their own. */
@QuarkusTest
@WithTestResource(DatabaseTestResource.class)
class PoolSecretsMigrationTest {

  private static final String SCHEMA = "former_pools";

  @Inject DataSource dataSource;
  @Inject StoredAccounts stored;

  private FluentConfiguration flyway() {
    return Flyway.configure()
        .dataSource(dataSource)
        .schemas(SCHEMA)
        .locations("classpath:db/migration")
        .javaMigrations(new PoolSecretsMigration());
  }

  @AfterEach
  void dropSchema() {
    stored.execute("drop schema if exists " + SCHEMA + " cascade");
  }

  @Test
  @Covers({"batch.add-pool.secrets-dropped", "batch.common.password-secret"})
  void secretsOfStoredPoolsAreRemovedAndTheRestStaysAsItWas() {
    flyway().target("5").load().migrate();
    String innocent = "{\"id\":\"b\", \"numbers\": [1.10,1E+400], \"id\":\"c\"}";
    insert(
        "default",
        "a",
        "{\"id\":\"a\",\"n\":1.10,\"userAccounts\":[{\"name\":\"u\",\"password\":\"p\"}]}");
    insert(
        "other",
        "a",
        "{\"startTask\":{\"containerSettings\":{\"registry\":{\"password\":\"p\"}}},\"n\":1E+400}");
    insert("default", "b", innocent);

    flyway().target("6").load().migrate();

    assertThat(
            stored.query(
                "select definition from " + SCHEMA + ".batch_pool order by pool_key, space"))
        .containsExactly(
            "{\"id\":\"a\",\"n\":1.10,\"userAccounts\":[{\"name\":\"u\"}]}",
            "{\"startTask\":{\"containerSettings\":{\"registry\":{}}},\"n\":1E+400}",
            innocent);
    assertThat(stored.query("select indexname from pg_indexes where schemaname = ?", SCHEMA))
        .contains("batch_pool_pkey", "batch_pool_gone");
  }

  @Test
  void serverRunsTheMigrationAtItsStart() {
    assertThat(
            stored.query(
                "select description from flyway_schema_history where version = '6' and success"))
        .containsExactly("drop secrets of pools");
  }

  private void insert(String space, String key, String definition) {
    stored.execute(
        "insert into "
            + SCHEMA
            + ".batch_pool (space, pool_key, id, definition, windows, cloud_service, dedicated_nodes,"
            + " low_priority_nodes, created_at, modified_at, steady_at)"
            + " values (?, ?, ?, ?, false, false, 0, 0, now(), now(), now())",
        space,
        key,
        key,
        definition);
  }
}
