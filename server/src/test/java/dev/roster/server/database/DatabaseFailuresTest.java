package dev.roster.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.server.database.DatabaseFailures.Kind;
import dev.roster.server.error.RequestTimeoutException;
import jakarta.transaction.RollbackException;
import java.io.IOException;
import java.sql.SQLException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseFailuresTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08000", "08001", "08003", "08006", "25006", "25P03", "28P01", "3D000", "40001", "40P01",
        "53100", "53200", "53300", "55P03", "57P01", "57P02", "57P03", "58030", "58P01"
      })
  void databaseThatCannotServeIsBusy(String state) {
    assertThat(DatabaseFailures.classify(new RuntimeException(new SQLException("", state))))
        .isEqualTo(Kind.BUSY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"22001", "23505", "25P02", "42601", "42P01", "XX000", "XX001"})
  void mistakeOfTheServerIsADefect(String state) {
    assertThat(DatabaseFailures.classify(new RuntimeException(new SQLException("", state))))
        .isEqualTo(Kind.OTHER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sorry, acquisition timeout!",
        "Acquisition timeout while waiting for new connection",
        "Acquisition timeout on health check",
        "Interrupted while acquiring",
        "Exception while creating new connection",
        "This pool is closed and does not handle any more connections!",
        "Enlisted connection used without active transaction",
        "Connection is closed"
      })
  void poolThatHasNoConnectionIsBusy(String message) {
    assertThat(DatabaseFailures.classify(new RuntimeException(new SQLException(message))))
        .isEqualTo(Kind.BUSY);
  }

  @Test
  void connectionThatHibernateFindsClosedIsBusy() {
    assertThat(DatabaseFailures.classify(new IllegalStateException("Logical connection is closed")))
        .isEqualTo(Kind.BUSY);
    assertThat(DatabaseFailures.classify(new IllegalStateException("no user")))
        .isEqualTo(Kind.OTHER);
  }

  @Test
  void connectionLostDuringCommitIsFoundAmongSuppressedExceptions() {
    assertThat(DatabaseFailures.classify(failedCommit(new SQLException("lost", "08006"))))
        .isEqualTo(Kind.BUSY);
  }

  @Test
  void constraintThatACommitViolatesIsNoLostTransaction() {
    RuntimeException failure = failedCommit(new SQLException("twice", "23505"));

    assertThat(DatabaseFailures.classify(failure)).isEqualTo(Kind.OTHER);
    assertThat(DatabaseFailures.isUniqueViolation(failure)).isTrue();
  }

  @Test
  void transactionThatEndedWithoutAWordOfTheDatabaseIsBusy() {
    assertThat(DatabaseFailures.classify(new RuntimeException(new RollbackException("reaped"))))
        .isEqualTo(Kind.BUSY);
  }

  @Test
  void timeOutIsFoundBehindOtherExceptions() {
    assertThat(DatabaseFailures.classify(new RuntimeException(new RequestTimeoutException())))
        .isEqualTo(Kind.TIMED_OUT);
    assertThat(DatabaseFailures.classify(new RuntimeException(new SQLException("", "57014"))))
        .isEqualTo(Kind.TIMED_OUT);
  }

  @Test
  void circleOfExceptionsEnds() {
    Exception first = new IOException("first");
    Exception second = new IOException("second", first);
    first.initCause(second);
    second.addSuppressed(first);

    assertThat(DatabaseFailures.classify(first)).isEqualTo(Kind.OTHER);
    assertThat(DatabaseFailures.isDeadlock(first)).isFalse();
  }

  @Test
  void chainOfAnyLengthEnds() {
    Exception chain = new IOException("last");
    for (int i = 0; i < 100_000; i++) {
      chain = new IOException("next", chain);
    }
    assertThat(DatabaseFailures.classify(chain)).isEqualTo(Kind.OTHER);
  }

  /** As the transaction manager reports it. */
  private static RuntimeException failedCommit(SQLException cause) {
    RollbackException rollback = new RollbackException("Could not commit transaction.");
    XAException ofResource = new XAException(XAException.XAER_RMERR);
    ofResource.initCause(cause);
    rollback.addSuppressed(ofResource);
    return new RuntimeException(rollback);
  }
}
