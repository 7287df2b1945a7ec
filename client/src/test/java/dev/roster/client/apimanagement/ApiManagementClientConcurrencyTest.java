package dev.roster.client.apimanagement;

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

class ApiManagementClientConcurrencyTest {

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
            String path = request.uri().substring(0, request.uri().indexOf('?'));
            String id = path.substring(path.lastIndexOf('/') + 1);
            return Answer.json(200, "{\"name\":\"" + id + "\"}")
                .with("ETag", "\"" + id + "\"")
                .with("x-ms-request-id", request.header("x-ms-client-request-id"));
          });
      ApiManagementClient client = Clients.of(service).build();

      List<Future<ApiManagementResponse<?>>> answers = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        String id = "user" + i;
        answers.add(
            threads.submit(
                () -> {
                  var answer = client.getUser(id);
                  return answer.with(answer.value().getName());
                }));
      }

      for (int i = 0; i < CALLS; i++) {
        ApiManagementResponse<?> answer = answers.get(i).get();
        assertThat(answer.value()).isEqualTo("user" + i);
        assertThat(answer.eTag()).isEqualTo(ETag.of("\"user" + i + "\""));
        assertThat(answer.requestId()).isEqualTo(answer.clientRequestId());
      }
      assertThat(service.all())
          .hasSize(CALLS)
          .extracting(request -> request.header("x-ms-client-request-id"))
          .doesNotHaveDuplicates();
    } finally {
      threads.shutdownNow();
    }
  }
}
