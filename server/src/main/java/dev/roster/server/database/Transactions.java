package dev.roster.server.database;

import dev.roster.server.http.RequestContext;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Runs the work of a request in one transaction that ends with the request's time.
 *
 * <p>Every connection already limits its statements to the longest time that a request may take, so
 * only a caller who asked for less costs a statement more.
 */
@Singleton
public class Transactions {

  private static final int TRIES = 5;

  private final EntityManager entityManager;
  private final RequestContext context;

  @Inject
  Transactions(EntityManager entityManager, RequestContext context) {
    this.entityManager = entityManager;
    this.context = context;
  }

  /**
   * Runs the work and commits; any exception rolls everything back. Work that the database gave up
   * because of a deadlock is done again.
   *
   * @throws dev.roster.server.error.RequestTimeoutException if the request's time is over already
   */
  public <T> T call(Supplier<T> work) {
    for (int i = 1; i < TRIES; i++) {
      try {
        return callOnce(work);
      } catch (RuntimeException e) {
        if (!DatabaseFailures.isDeadlock(e)) {
          throw e;
        }
      }
    }
    return callOnce(work);
  }

  private <T> T callOnce(Supplier<T> work) {
    Duration remaining = context.remaining();
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              if (context.isLimited()) {
                limitStatements(remaining);
              }
              T result = work.get();
              // The caller may have been answered that nothing was changed.
              context.remaining();
              return result;
            });
  }

  /** Runs work without a result; see {@link #call}. */
  public void run(Runnable work) {
    call(
        () -> {
          work.run();
          return null;
        });
  }

  private void limitStatements(Duration limit) {
    entityManager
        .createNativeQuery("select set_config('statement_timeout', :limit, true)")
        .setParameter("limit", Long.toString(Math.max(1, limit.toMillis())))
        .getSingleResult();
  }
}
