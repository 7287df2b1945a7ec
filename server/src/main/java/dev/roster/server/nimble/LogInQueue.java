package dev.roster.server.nimble;

import dev.roster.server.auth.Passwords;
import dev.roster.server.error.RequestTimeoutException;
import dev.roster.server.http.RequestContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Lets few passwords be checked at a time, so that guessing is slow and costs the others little.
 *
 * <p>Attempts on one name are made one after the other, in the order in which they came, so that
 * guesses at one name do not hold up log-ins of another. Together they take at most half of the
 * hashing that the server does. Names share places by their hash, so nothing grows with them.
 */
@Singleton
class LogInQueue {

  private static final int LANES = 64;

  /** A place waits in a worker thread, of which there are 200. */
  private static final int MOST_WAITING_IN_LANE = 64;

  private static final int MOST_WAITING = 128;

  private static final int FAILURES_WITHOUT_DELAY = 3;
  private static final long DELAY_MILLIS = 100;

  private final Lane[] lanes = new Lane[LANES];
  private final Semaphore checks;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Supplier<Duration> patience;
  private final LongConsumer pause;

  /** The attempts on the names of one hash. */
  private static final class Lane {
    private final Semaphore turn = new Semaphore(1, true);
    private final AtomicInteger waiting = new AtomicInteger();

    /** In a row; only whose turn it is reads or changes it. */
    private int failures;
  }

  @Inject
  LogInQueue(Passwords passwords, RequestContext context) {
    this(Math.max(1, passwords.concurrency() / 2), context::remaining, LogInQueue::sleep);
  }

  /**
   * Makes a queue.
   *
   * @param checks how many attempts are made at a time
   * @param patience the time that a caller has left
   * @param pause lets so many milliseconds pass
   */
  LogInQueue(int checks, Supplier<Duration> patience, LongConsumer pause) {
    for (int i = 0; i < LANES; i++) {
      lanes[i] = new Lane();
    }
    this.checks = new Semaphore(checks, true);
    this.patience = patience;
    this.pause = pause;
  }

  /**
   * Makes an attempt when its turn comes.
   *
   * @param name whose password is tried
   * @param attempt gives nothing if it fails
   * @throws dev.roster.server.error.ApiException SM_ebusy if too many wait
   */
  <T> Optional<T> attempt(String name, Supplier<Optional<T>> attempt) {
    Lane lane = lanes[Math.floorMod(name.hashCode(), LANES)];
    enter(lane);
    try {
      acquire(lane.turn);
    } finally {
      leave(lane);
    }
    try {
      return attemptInTurn(lane, attempt);
    } finally {
      lane.turn.release();
    }
  }

  private <T> Optional<T> attemptInTurn(Lane lane, Supplier<Optional<T>> attempt) {
    Optional<T> result = check(attempt);
    if (result.isPresent()) {
      lane.failures = 0;
      return result;
    }
    lane.failures++;
    if (lane.failures > FAILURES_WITHOUT_DELAY) {
      pause.accept(DELAY_MILLIS);
    }
    return result;
  }

  private <T> Optional<T> check(Supplier<Optional<T>> attempt) {
    acquire(checks);
    try {
      return attempt.get();
    } finally {
      checks.release();
    }
  }

  private void enter(Lane lane) {
    boolean full = waiting.incrementAndGet() > MOST_WAITING;
    boolean laneFull = lane.waiting.incrementAndGet() > MOST_WAITING_IN_LANE;
    if (full || laneFull) {
      leave(lane);
      throw NimbleErrors.tooManyLogIns();
    }
  }

  private void leave(Lane lane) {
    lane.waiting.decrementAndGet();
    waiting.decrementAndGet();
  }

  private void acquire(Semaphore semaphore) {
    try {
      if (!semaphore.tryAcquire(patience.get().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new RequestTimeoutException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RequestTimeoutException();
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
