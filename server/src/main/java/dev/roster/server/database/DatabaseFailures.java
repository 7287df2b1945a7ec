package dev.roster.server.database;

import dev.roster.server.error.RequestTimeoutException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/**
 * Tells failures of the database apart by their SQLSTATE.
 *
 * <p>The transaction manager attaches the failure of a COMMIT as a suppressed exception, so these
 * are searched like causes.
 */
public final class DatabaseFailures {

  private static final String QUERY_CANCELED = "57014";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";
  private static final String DEADLOCK_DETECTED = "40P01";

  /** More exceptions than one failure has; a chain may be of any length. */
  private static final int MOST_EXCEPTIONS = 200;

  /**
   * The SQLSTATEs of a database that cannot do anything at the moment, whatever it is asked: no
   * connection (08), wrong log-in (28), no database (3D), out of resources (53), shutting down
   * (57P), input or output failed (58); and those of a statement that may succeed later: read-only
   * or idle transactions that were ended, serialization failures and deadlocks, locks that others
   * hold.
   */
  private static final Pattern UNAVAILABLE =
      Pattern.compile(
          "08...|28...|3D...|53...|57P..|58...|25006|25P03|25P04|40001|40003|40P01|55P03|55006");

  /** The connection pool throws these without a SQLSTATE. */
  private static final Pattern POOL_UNAVAILABLE =
      Pattern.compile(
          "(?i).*(acquisition timeout|interrupted while acquiring|new connection|pool is closed"
              + "|failed to create connection|connection (has been|is) closed"
              + "|enlisted connection used without active transaction).*",
          Pattern.DOTALL);

  private static final Pattern CONNECTION_CLOSED =
      Pattern.compile("(?i).*connection.*closed.*", Pattern.DOTALL);

  /** What a failure means for the request. */
  public enum Kind {
    /** The time for the request is over. */
    TIMED_OUT,
    /** The database cannot take the request now. */
    BUSY,
    /** Anything else: a defect. */
    OTHER
  }

  private DatabaseFailures() {}

  /** Classifies a failure by the first of its exceptions that tells. */
  public static Kind classify(Throwable failure) {
    List<Throwable> all = exceptions(failure);
    for (Throwable exception : all) {
      if (exception instanceof RequestTimeoutException) {
        return Kind.TIMED_OUT;
      }
      if (exception instanceof SQLException sql) {
        Kind kind = classify(sql);
        if (kind != Kind.OTHER) {
          return kind;
        }
      }
      if (exception instanceof IllegalStateException && says(CONNECTION_CLOSED, exception)) {
        return Kind.BUSY;
      }
    }
    return isTransactionLost(all) ? Kind.BUSY : Kind.OTHER;
  }

  private static Kind classify(SQLException sql) {
    if (state(sql).equals(QUERY_CANCELED)) {
      return Kind.TIMED_OUT;
    }
    boolean unavailable =
        state(sql).isEmpty()
            ? sql instanceof SQLTimeoutException || says(POOL_UNAVAILABLE, sql)
            : UNAVAILABLE.matcher(state(sql)).matches();
    return unavailable ? Kind.BUSY : Kind.OTHER;
  }

  /** Whether the transaction manager gave up and the database said nothing against the work. */
  private static boolean isTransactionLost(List<Throwable> all) {
    return all.stream().anyMatch(DatabaseFailures::endsTransaction)
        && all.stream()
            .noneMatch(exception -> exception instanceof SQLException sql && !state(sql).isEmpty());
  }

  private static boolean endsTransaction(Throwable exception) {
    return exception instanceof RollbackException
        || exception instanceof SystemException
        || exception instanceof HeuristicMixedException
        || exception instanceof HeuristicRollbackException;
  }

  /** Whether two writers were in each other's way, so that one of them has to begin anew. */
  public static boolean isDeadlock(Throwable failure) {
    return hasState(failure, DEADLOCK_DETECTED);
  }

  /** Whether this unique constraint refused the write. */
  public static boolean isViolationOf(String constraint, Throwable failure) {
    return any(
        failure,
        sql ->
            sql instanceof PSQLException violation
                && state(violation).equals(UNIQUE_VIOLATION)
                && violation.getServerErrorMessage() != null
                && constraint.equals(violation.getServerErrorMessage().getConstraint()));
  }

  /** Whether a unique constraint refused the write. */
  public static boolean isUniqueViolation(Throwable failure) {
    return hasState(failure, UNIQUE_VIOLATION);
  }

  /** Whether the row that a new row belongs to is gone. */
  public static boolean isForeignKeyViolation(Throwable failure) {
    return hasState(failure, FOREIGN_KEY_VIOLATION);
  }

  private static boolean hasState(Throwable failure, String state) {
    return any(failure, sql -> state(sql).equals(state));
  }

  private static boolean any(Throwable failure, Predicate<SQLException> condition) {
    return exceptions(failure).stream()
        .anyMatch(exception -> exception instanceof SQLException sql && condition.test(sql));
  }

  private static String state(SQLException sql) {
    return sql.getSQLState() == null ? "" : sql.getSQLState();
  }

  private static boolean says(Pattern pattern, Throwable exception) {
    return exception.getMessage() != null && pattern.matcher(exception.getMessage()).matches();
  }

  /** A failure with its causes and what these suppressed, the nearest first, each of them once. */
  private static List<Throwable> exceptions(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> open = new ArrayDeque<>();
    List<Throwable> all = new ArrayList<>();
    open.add(failure);
    while (!open.isEmpty() && all.size() < MOST_EXCEPTIONS) {
      Throwable next = open.remove();
      if (seen.add(next)) {
        all.add(next);
        if (next.getCause() != null) {
          open.add(next.getCause());
        }
        Collections.addAll(open, next.getSuppressed());
        if (next instanceof BatchUpdateException batch && batch.getNextException() != null) {
          // The driver tells there which statement of the batch failed, and why.
          open.add(batch.getNextException());
        }
      }
    }
    return all;
  }
}
