package dev.roster.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every client is when many threads share it. */
public interface ConcurrencyOfEveryClient extends ClientTest {

  /** An answer to the read of a name, which tells of its request what the API lets it tell. */
  Answer echo(String name, Received request);

  /** Reads a name and checks that the answer is the one to this very call. */
  void readAndCheck(String name);

  /** Checks what the API promises of each request. */
  void check(Received request);

  @Test
  @Timeout(30)
  default void parallelCallsDoNotMixUp() throws Exception {
    int calls = 32;
    List<String> names = IntStream.range(0, calls).mapToObj(i -> "user" + i).toList();
    // Every caller waits for all others, so that the calls truly overlap.
    CountDownLatch arrived = new CountDownLatch(calls);
    api()
        .answer(
            request -> {
              arrived.countDown();
              try {
                arrived.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              String path = request.uri().split("\\?", 2)[0];
              return echo(path.substring(path.lastIndexOf('/') + 1), request);
            });
    ExecutorService threads = Executors.newFixedThreadPool(calls);
    try {
      List<Future<?>> outcomes = new ArrayList<>();
      for (String name : names) {
        outcomes.add(threads.submit(() -> readAndCheck(name)));
      }
      for (Future<?> outcome : outcomes) {
        outcome.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(api().requests()).hasSize(calls).allSatisfy(this::check);
  }
}
