package dev.roster.client.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.http.FakeService;
import dev.roster.client.http.FakeService.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BatchClientConcurrencyTest {

  private static final int CALLS = 32;

  @Test
  @Timeout(30)
  void parallelCallsDoNotMixUp() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CALLS);
    try (FakeService service = new FakeService()) {
      // Every caller waits for all others, so that the calls truly overlap.
      CountDownLatch arrived = new CountDownLatch(CALLS);
      service.answer(
          request -> {
            arrived.countDown();
            try {
              arrived.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            String id = request.uri().substring("/pools/".length(), request.uri().indexOf('?'));
            return Answer.json(200, "{\"id\":\"" + id + "\"}")
                .with("client-request-id", request.header("client-request-id"));
          });
      BatchClient client =
          BatchClient.builder()
              .endpoint(service.endpoint())
              .sharedKey(SharedKeySignerTest.ACCOUNT, SharedKeySignerTest.KEY)
              .build();

      List<Future<String>> ids = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        String id = "pool" + i;
        ids.add(threads.submit(() -> client.getPool(id).value().getId()));
      }

      for (int i = 0; i < CALLS; i++) {
        assertThat(ids.get(i).get()).isEqualTo("pool" + i);
      }
      assertThat(service.all())
          .hasSize(CALLS)
          .allSatisfy(
              request ->
                  assertThat(request.header("Authorization"))
                      .isEqualTo(SignedRequests.expectedAuthorization(request)))
          .extracting(request -> request.header("client-request-id"))
          .doesNotHaveDuplicates();
    } finally {
      threads.shutdownNow();
    }
  }
}
