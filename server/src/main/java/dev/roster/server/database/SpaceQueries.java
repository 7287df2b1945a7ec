package dev.roster.server.database;

import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.Session;
import org.hibernate.query.MutationQuery;
import org.hibernate.query.NativeQuery;

/**
 * The statements of the paths that have to be fast, in SQL.
 *
 * <p>Hibernate keeps the rows of other spaces out of its own queries, but translates such a query
 * anew each time that it runs, which costs more than all else that a request does. SQL is taken as
 * it is; so that none can forget the space, a statement without {@code :space} is refused, and
 * nothing else makes native queries.
 */
@Singleton
public class SpaceQueries {

  private static final String SPACE = "space";

  private final Session session;
  private final RequestContext context;
  private final Map<String, Boolean> checked = new ConcurrentHashMap<>();

  @Inject
  SpaceQueries(Session session, RequestContext context) {
    this.session = session;
    this.context = context;
  }

  /**
   * Makes a statement that changes rows; the caller binds what else there is.
   *
   * @param sql has to name {@code :space}, which is bound here
   */
  public MutationQuery mutation(String sql) {
    check(sql);
    return session.createNativeMutationQuery(sql).setParameter(SPACE, context.space());
  }

  /**
   * Makes a query; the caller adds the entities that it reads and binds what else there is.
   *
   * @param sql has to name {@code :space}, which is bound here
   */
  public NativeQuery<Object[]> select(String sql) {
    check(sql);
    return session.createNativeQuery(sql, Object[].class).setParameter(SPACE, context.space());
  }

  private void check(String sql) {
    checked.computeIfAbsent(
        sql,
        statement -> {
          if (!statement.contains(":" + SPACE)) {
            throw new IllegalArgumentException("The statement names no space: " + statement);
          }
          return true;
        });
  }
}
