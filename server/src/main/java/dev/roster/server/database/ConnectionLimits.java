package dev.roster.server.database;

import dev.roster.server.http.RequestContext;
import io.agroal.api.AgroalPoolInterceptor;
import io.quarkus.arc.Arc;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Ends every read from the database with the time of the request that waits for it.
 *
 * <p>The limits of statements hold in the database, which may have stopped without closing its
 * connections.
 */
@Singleton
class ConnectionLimits implements AgroalPoolInterceptor {

  private static final Logger LOG = Logger.getLogger(ConnectionLimits.class);

  /** The database's own limit, which leaves the connection usable, and the deadline come first. */
  private static final Duration GRACE = Duration.ofMillis(700);

  /** For what the pool asks a connection that nobody uses. */
  private static final Duration IN_POOL = Duration.ofSeconds(5);

  private final RequestContext context;

  @Inject
  ConnectionLimits(RequestContext context) {
    this.context = context;
  }

  @Override
  public void onConnectionAcquire(Connection connection) {
    Duration left =
        Arc.container().requestContext().isActive() ? context.left() : RequestContext.LONGEST;
    limit(connection, (left.isNegative() ? Duration.ZERO : left).plus(GRACE));
  }

  @Override
  public void onConnectionReturn(Connection connection) {
    limit(connection, IN_POOL);
  }

  private static void limit(Connection connection, Duration limit) {
    try {
      connection.setNetworkTimeout(Runnable::run, (int) limit.toMillis());
    } catch (SQLException e) {
      // It is closed, which its user will find.
      LOG.debug("The connection has no limit", e);
    }
  }
}
