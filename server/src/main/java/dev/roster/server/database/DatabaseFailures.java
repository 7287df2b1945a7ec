package dev.roster.server.database;

import dev.roster.server.error.RequestTimeoutException;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/** Tells failures of the database apart by their SQLSTATE. */
public final class DatabaseFailures {

  private static final String QUERY_CANCELED = "57014";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";
  private static final String DEADLOCK_DETECTED = "40P01";

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

  /** Classifies a failure by the first cause that tells. */
  public static Kind classify(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RequestTimeoutException) {
        return Kind.TIMED_OUT;
      }
      if (cause instanceof SQLException sql) {
        String state = sql.getSQLState() == null ? "" : sql.getSQLState();
        if (state.equals(QUERY_CANCELED)) {
          return Kind.TIMED_OUT;
        }
        // connection lost, no connection left, shutting down, out of resources, in each other's way
        if (state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57P")
            || state.equals(DEADLOCK_DETECTED)) {
          return Kind.BUSY;
        }
        if (sql instanceof java.sql.SQLTimeoutException
            || "Sorry, acquisition timeout!".equals(sql.getMessage())) {
          return Kind.BUSY;
        }
      }
    }
    return Kind.OTHER;
  }

  /** Whether two writers were in each other's way, so that one of them has to begin anew. */
  public static boolean isDeadlock(Throwable failure) {
    return hasState(failure, DEADLOCK_DETECTED);
  }

  /** Whether this unique constraint refused the write. */
  public static boolean isViolationOf(String constraint, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException sql
          && UNIQUE_VIOLATION.equals(sql.getSQLState())
          && sql.getServerErrorMessage() != null) {
        return constraint.equals(sql.getServerErrorMessage().getConstraint());
      }
    }
    return false;
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
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && state.equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
