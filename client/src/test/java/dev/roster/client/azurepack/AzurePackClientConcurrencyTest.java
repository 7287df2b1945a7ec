package dev.roster.client.azurepack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.azurepack.model.User;
import dev.roster.client.http.ConcurrencyOfEveryClient;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import java.util.HashSet;
import java.util.Set;

class AzurePackClientConcurrencyTest extends AzurePackClientTest
    implements ConcurrencyOfEveryClient {

  private final Set<String> ids = new HashSet<>();

  @Override
  public Answer echo(String name, Received request) {
    return Answer.json(
        200,
        "{\"Name\":\"%s\",\"Email\":\"%s\"}"
            .formatted(name, request.header("x-ms-client-request-id")));
  }

  @Override
  public void readAndCheck(String name) {
    AzurePackResponse<User> answer = client.getUser(name);
    assertThat(answer.value().getName()).isEqualTo(name);
    assertThat(answer.value().getEmail()).isEqualTo(answer.clientRequestId());
  }

  @Override
  public void check(Received request) {
    assertThat(ids.add(request.header("x-ms-client-request-id"))).isTrue();
  }
}
