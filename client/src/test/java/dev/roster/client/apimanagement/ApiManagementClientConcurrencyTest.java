package dev.roster.client.apimanagement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.apimanagement.model.UserContract;
import dev.roster.client.http.ConcurrencyOfEveryClient;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import java.util.HashSet;
import java.util.Set;

class ApiManagementClientConcurrencyTest extends ApiManagementClientTest
    implements ConcurrencyOfEveryClient {

  private final Set<String> ids = new HashSet<>();

  @Override
  public Answer echo(String name, Received request) {
    return api.found(name)
        .with("ETag", "\"" + name + "\"")
        .with("x-ms-request-id", request.header("x-ms-client-request-id"));
  }

  @Override
  public void readAndCheck(String name) {
    ApiManagementResponse<UserContract> answer = client.getUser(name);
    assertThat(answer.value().getName()).isEqualTo(name);
    assertThat(answer.eTag()).isEqualTo(ETag.of("\"" + name + "\""));
    assertThat(answer.requestId()).isEqualTo(answer.clientRequestId());
  }

  @Override
  public void check(Received request) {
    assertThat(ids.add(request.header("x-ms-client-request-id"))).isTrue();
  }
}
