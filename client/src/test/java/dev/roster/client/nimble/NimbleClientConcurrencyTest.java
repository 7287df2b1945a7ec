package dev.roster.client.nimble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roster.client.http.ConcurrencyOfEveryClient;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;

class NimbleClientConcurrencyTest extends NimbleClientTest implements ConcurrencyOfEveryClient {

  @Override
  public Answer echo(String name, Received request) {
    return api.found(name);
  }

  @Override
  public void readAndCheck(String name) {
    assertThat(client.readUser(name).value().getName()).isEqualTo(name);
  }

  @Override
  public void check(Received request) {
    assertThat(request.header("X-Auth-Token")).isEqualTo(FakeArray.token(1));
  }
}
