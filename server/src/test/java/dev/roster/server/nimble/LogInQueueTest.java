package dev.roster.server.nimble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.server.error.ApiException;
import dev.roster.server.error.RequestTimeoutException;
import dev.roster.testing.Covers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LogInQueueTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int MOST_WAITING_IN_LANE = 64;

  /** Nothing is waited for by time: a pause only notes how long it would have been. */
  private final List<Long> pauses = Collections.synchronizedList(new ArrayList<>());

  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void letAllEnd() throws InterruptedException {
    end.countDown();
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
  }

  private LogInQueue queue(int checks) {
    return queue(checks, pauses::add);
  }

  private static LogInQueue queue(int checks, LongConsumer pause) {
    return new LogInQueue(checks, () -> PATIENCE, pause);
  }

  private static Optional<String> succeed(LogInQueue queue, String name) {
    return queue.attempt(name, () -> Optional.of("session of " + name));
  }

  private static Optional<String> fail(LogInQueue queue, String name) {
    return queue.attempt(name, Optional::empty);
  }

  /** Begins an attempt that lasts until the latch is open, and waits until it is its turn. */
  private void occupy(LogInQueue queue, String name, CountDownLatch until) {
    CountDownLatch begun = new CountDownLatch(1);
    start(
        () ->
            queue.attempt(
                name,
                () -> {
                  begun.countDown();
                  await(until);
                  return Optional.of(name);
                }));
    await(begun);
  }

  /** Begins attempts that have to wait, each after the one before it does. */
  private List<Thread> line(LogInQueue queue, String name, int number, List<Integer> order) {
    return IntStream.range(0, number)
        .mapToObj(
            i -> {
              Thread thread =
                  start(
                      () ->
                          queue.attempt(
                              name,
                              () -> {
                                order.add(i);
                                return Optional.of(name);
                              }));
              awaitWaiting(thread);
              return thread;
            })
        .toList();
  }

  private Thread start(Runnable work) {
    Thread thread = new Thread(work);
    thread.setUncaughtExceptionHandler((failed, exception) -> {});
    threads.add(thread);
    thread.start();
    return thread;
  }

  private static void awaitWaiting(Thread thread) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertTurnedAway(LogInQueue queue, String name) {
    assertThatThrownBy(() -> succeed(queue, name))
        .isInstanceOfSatisfying(
            ApiException.class,
            refusal -> {
              assertThat(refusal.error().status()).isEqualTo(503);
              assertThat(refusal.error().code()).isEqualTo("SM_ebusy");
            });
  }

  @Test
  void resultIsThatOfTheAttempt() {
    LogInQueue queue = queue(1);

    assertThat(succeed(queue, "ann")).contains("session of ann");
    assertThat(fail(queue, "ann")).isEmpty();
  }

  @Test
  @Covers("nimble.create-token.throttle")
  void attemptsOnOneNameAreMadeOneAfterTheOtherInTheirOrder() throws Exception {
    LogInQueue queue = queue(4);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    occupy(queue, "ann", end);

    List<Thread> waiting = line(queue, "ann", 20, order);
    assertThat(order).isEmpty();
    end.countDown();
    for (Thread thread : waiting) {
      thread.join();
    }

    assertThat(order).containsExactlyElementsOf(IntStream.range(0, 20).boxed().toList());
  }

  @Test
  @Covers("nimble.create-token.throttle")
  void attemptsOnOneNameDoNotHoldUpAnother() {
    LogInQueue queue = queue(2);
    occupy(queue, "ann", end);
    line(queue, "ann", 10, new ArrayList<>());

    assertThat(succeed(queue, "bob")).contains("session of bob");
  }

  @Test
  @Covers("nimble.create-token.throttle")
  void noMoreAttemptsAreMadeAtATimeThanAllowed() throws Exception {
    LogInQueue queue = queue(2);
    CountDownLatch first = new CountDownLatch(1);
    occupy(queue, "ann", first);
    occupy(queue, "bob", end);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());

    List<Thread> waiting = line(queue, "carl", 1, order);
    assertThat(order).isEmpty();
    first.countDown();
    waiting.get(0).join();

    assertThat(order).containsExactly(0);
  }

  @Test
  @Covers("nimble.create-token.throttle")
  void newestIsTurnedAwayWhenTooManyWaitForOneName() throws Exception {
    LogInQueue queue = queue(2);
    occupy(queue, "ann", end);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> waiting = line(queue, "ann", MOST_WAITING_IN_LANE, order);

    assertTurnedAway(queue, "ann");
    assertTurnedAway(queue, "ann");
    assertThat(succeed(queue, "bob")).isPresent();

    end.countDown();
    for (Thread thread : waiting) {
      thread.join();
    }
    assertThat(order).hasSize(MOST_WAITING_IN_LANE);
    assertThat(succeed(queue, "ann")).isPresent();
  }

  @Test
  @Covers("nimble.create-token.throttle")
  void newestIsTurnedAwayWhenTooManyWaitForAllNames() throws Exception {
    LogInQueue queue = queue(3);
    occupy(queue, "ann", end);
    occupy(queue, "bob", end);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> waiting = new ArrayList<>(line(queue, "ann", MOST_WAITING_IN_LANE, order));
    waiting.addAll(line(queue, "bob", MOST_WAITING_IN_LANE, order));

    assertTurnedAway(queue, "carl");
    assertTurnedAway(queue, "dora");

    end.countDown();
    for (Thread thread : waiting) {
      thread.join();
    }
    assertThat(order).hasSize(2 * MOST_WAITING_IN_LANE);
    assertThat(succeed(queue, "carl")).isPresent();
  }

  @Test
  @Covers("nimble.create-token.throttle")
  void placeIsGivenBackWhateverTheAttemptDoes() {
    LogInQueue queue = queue(1);

    // More often than there are places.
    for (int i = 0; i < 3 * MOST_WAITING_IN_LANE; i++) {
      assertThatThrownBy(
              () ->
                  queue.attempt(
                      "ann",
                      () -> {
                        throw new IllegalStateException("no database");
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(
              () ->
                  queue.attempt(
                      "ann",
                      () -> {
                        throw new StackOverflowError();
                      }))
          .isInstanceOf(StackOverflowError.class);
      assertThat(fail(queue, "ann")).isEmpty();
      assertThat(succeed(queue, "ann")).isPresent();
    }
  }

  @Test
  void whoseTimeIsOverLeavesItsPlace() throws Exception {
    AtomicReference<Duration> patience = new AtomicReference<>(PATIENCE);
    LogInQueue queue = new LogInQueue(1, patience::get, pauses::add);
    CountDownLatch first = new CountDownLatch(1);
    occupy(queue, "ann", first);
    Thread occupant = threads.get(0);
    patience.set(Duration.ofNanos(1));

    for (int i = 0; i < 3 * MOST_WAITING_IN_LANE; i++) {
      // For the turn of the name, and for a check.
      for (String name : List.of("ann", "bob")) {
        assertThatThrownBy(() -> succeed(queue, name)).isInstanceOf(RequestTimeoutException.class);
      }
    }

    first.countDown();
    occupant.join();
    assertThat(succeed(queue, "ann")).isPresent();
    assertThat(succeed(queue, "bob")).isPresent();
  }

  @Test
  void whoIsInterruptedLeavesItsPlace() throws Exception {
    LogInQueue queue = queue(1);
    CountDownLatch first = new CountDownLatch(1);
    occupy(queue, "ann", first);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> waiting = line(queue, "ann", MOST_WAITING_IN_LANE, order);
    assertTurnedAway(queue, "ann");

    waiting.get(0).interrupt();
    waiting.get(0).join();
    List<Thread> next = line(queue, "ann", 1, order);
    first.countDown();
    for (Thread thread : waiting) {
      thread.join();
    }
    next.get(0).join();

    assertThat(order).hasSize(MOST_WAITING_IN_LANE);
    // The first of the first line never had its turn; the zero is that of the second line.
    assertThat(order.indexOf(0)).isEqualTo(MOST_WAITING_IN_LANE - 1);
  }

  @Test
  @Covers("nimble.create-token.throttle")
  void fromTheFourthFailureInARowOnAttemptsAreATenthOfASecondApart() {
    LogInQueue queue = queue(1);
    for (int i = 0; i < 3; i++) {
      fail(queue, "ann");
    }
    assertThat(pauses).isEmpty();

    fail(queue, "ann");
    assertThat(pauses).containsExactly(100L);
    fail(queue, "ann");
    assertThat(pauses).containsExactly(100L, 100L);
    fail(queue, "bob");
    succeed(queue, "ann");
    for (int i = 0; i < 3; i++) {
      fail(queue, "ann");
    }
    assertThat(pauses).hasSize(2);
  }

  @Test
  @Covers("nimble.create-token.throttle")
  void pauseHoldsUpItsNameAndNoOther() throws Exception {
    CountDownLatch pausing = new CountDownLatch(1);
    LogInQueue queue =
        queue(
            1,
            millis -> {
              pausing.countDown();
              await(end);
            });
    start(
        () -> {
          for (int i = 0; i < 4; i++) {
            fail(queue, "ann");
          }
        });
    await(pausing);
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> waiting = line(queue, "ann", 1, order);

    assertThat(succeed(queue, "bob")).isPresent();
    assertThat(order).isEmpty();
    end.countDown();
    waiting.get(0).join();

    assertThat(order).containsExactly(0);
  }
}
