package dev.roster.server.database;

import dev.roster.server.error.RequestTimeoutException;
import java.sql.SQLException;

/** Tells failures of the database apart by their SQLSTATE. */
public final class DatabaseFailures {

  private static final String QUERY_CANCELED = "57014";
  private static final String UNIQUE_VIOLATION = "23505";
  private static final String FOREIGN_KEY_VIOLATION = "23503";

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
        // connection lost, no connection left, shutting down, out of resources
        if (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P")) {
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
