package dev.roster.client.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.batch.model.CloudPool;
import dev.roster.client.http.ConcurrencyOfEveryClient;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import java.util.HashSet;
import java.util.Set;

class BatchClientConcurrencyTest extends BatchClientTest implements ConcurrencyOfEveryClient {

  private final BatchClient client = api.signing().build();
  private final Set<String> ids = new HashSet<>();

  @Override
  public Answer echo(String name, Received request) {
    return api.found(name)
        .with("request-id", name)
        .with("client-request-id", request.header("client-request-id"));
  }

  @Override
  public void readAndCheck(String name) {
    BatchResponse<CloudPool> answer = client.getPool(name);
    assertThat(answer.value().getId()).isEqualTo(name);
    assertThat(answer.requestId()).isEqualTo(name);
  }

  @Override
  public void check(Received request) {
    assertThat(request.header("Authorization"))
        .isEqualTo(SignedRequests.expectedAuthorization(request));
    assertThat(ids.add(request.header("client-request-id"))).isTrue();
  }
}
