package dev.roster.server.sample;

import dev.roster.server.config.RosterConfig;
import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;

/**
 * Fills a new database once, so that every documented sample request can be replayed as printed.
 *
 * <p>What a user deletes of it stays deleted.
 */
@Singleton
public class SampleWorlds {

  private final List<SampleWorld> worlds;
  private final EntityManager entityManager;
  private final boolean wanted;

  @Inject
  SampleWorlds(@All List<SampleWorld> worlds, EntityManager entityManager, RosterConfig config) {
    this.worlds = worlds;
    this.entityManager = entityManager;
    this.wanted = config.sampleWorld().orElse(true);
  }

  void onStart(@Observes StartupEvent event) {
    if (wanted) {
      createOnce();
    }
  }

  private void createOnce() {
    for (SampleWorld world : worlds) {
      QuarkusTransaction.requiringNew()
          .run(
              () -> {
                // The row also keeps a second server on the same database from doing it too.
                int first =
                    entityManager
                        .createNativeQuery(
                            "insert into sample_world (name) values (:name) on conflict do nothing")
                        .setParameter("name", world.name())
                        .executeUpdate();
                if (first > 0) {
                  world.create();
                }
              });
    }
  }
}
