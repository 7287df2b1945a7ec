package dev.roster.server.http;

import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.impl.ContextInternal;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The end of the time that a request may take, counted from its arrival.
 *
 * <p>Whoever works on a request may be stuck, or the request may still wait for a worker thread; so
 * the thread that serves the connection answers it when the time is over. Only one of the two
 * answers: the first to claim it.
 */
final class Deadline {

  private static final String KEY = Deadline.class.getName();

  /** Time for the database, which has the same limit, to stop the work before the clock answers. */
  private static final Duration GRACE = Duration.ofMillis(500);

  /** Writing an error takes much less. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Who may answer a request. */
  enum Answerer {
    /** The request's own way through the filters and the resource. */
    REQUEST,
    /** The clock. */
    CLOCK
  }

  private final long startedAt = System.nanoTime();
  private final AtomicReference<Answerer> answerer = new AtomicReference<>();
  private final CountDownLatch answered = new CountDownLatch(1);
  private volatile Duration limit;

  Deadline(Duration limit) {
    this.limit = limit;
  }

  /** The deadline of a request that the gate has admitted. */
  static Optional<Deadline> of(RoutingContext routing) {
    return Optional.ofNullable(routing.get(KEY));
  }

  /**
   * Gives a request a deadline, unless it has one.
   *
   * @param answer sends the API's own error; must not block
   */
  static void begin(RoutingContext routing, Duration limit, Runnable answer) {
    if (of(routing).isPresent()) {
      return;
    }
    Deadline deadline = new Deadline(limit);
    routing.put(KEY, deadline);
    // Without the request's own Vert.x context, whose CDI beans a worker may be using.
    ScheduledFuture<?> expiry =
        ((ContextInternal) routing.vertx().getOrCreateContext())
            .nettyEventLoop()
            .schedule(
                () -> deadline.expire(routing, answer),
                limit.plus(GRACE).toNanos(),
                TimeUnit.NANOSECONDS);
    routing.addEndHandler(ended -> expiry.cancel(false));
  }

  private void expire(RoutingContext routing, Runnable answer) {
    if (routing.response().closed() || routing.response().headWritten()) {
      return;
    }
    if (claim(Answerer.CLOCK)) {
      try {
        answer.run();
      } finally {
        answered.countDown();
      }
    }
  }

  /** Whether this one answers the request; asking again gives the same answer. */
  boolean claim(Answerer candidate) {
    return answerer.compareAndSet(null, candidate) || answerer.get() == candidate;
  }

  /** Waits until the clock's answer is written, so that nobody changes it meanwhile. */
  void awaitAnswer() {
    try {
      if (!answered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("The answer of the deadline was not written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Shortens the time. */
  void limitTo(Duration limit) {
    if (limit.compareTo(this.limit) < 0) {
      this.limit = limit;
    }
  }

  /** The whole time that the request may take. */
  Duration limit() {
    return limit;
  }

  /** The time that is left; not positive if none is. */
  Duration left() {
    return limit.minusNanos(System.nanoTime() - startedAt);
  }
}
