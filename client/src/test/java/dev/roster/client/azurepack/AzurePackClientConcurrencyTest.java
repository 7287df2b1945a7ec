package dev.roster.client.azurepack;

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

class AzurePackClientConcurrencyTest {

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
            String name = request.uri().substring(request.uri().lastIndexOf('/') + 1);
            return Answer.json(
                200,
                "{\"Name\":\"%s\",\"Email\":\"%s\"}"
                    .formatted(name, request.header("x-ms-client-request-id")));
          });
      AzurePackClient client = Clients.of(service).build();

      List<Future<AzurePackResponse<List<String>>>> answers = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        String name = "user" + i;
        answers.add(
            threads.submit(
                () -> {
                  var answer = client.getUser(name);
                  return answer.with(List.of(answer.value().getName(), answer.value().getEmail()));
                }));
      }

      for (int i = 0; i < CALLS; i++) {
        AzurePackResponse<List<String>> answer = answers.get(i).get();
        assertThat(answer.value()).containsExactly("user" + i, answer.clientRequestId());
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
