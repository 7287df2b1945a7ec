package dev.roster.client.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roster.client.batch.model.ComputeNodeUser;
import dev.roster.client.batch.model.NodeUpdateUserParameter;
import dev.roster.client.http.ErrorsOfEveryClient;
import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.PasswordsInBodies;
import dev.roster.client.http.StackTrace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class BatchClientErrorsTest extends BatchClientTest
    implements ErrorsOfEveryClient, PasswordsInBodies {

  private static final String NOT_FOUND =
      """
      {"odata.metadata":"http://localhost/$metadata#errors/@Element","code":"NodeUserNotFound",
       "message":{"lang":"en-US","value":"The specified node user does not exist.\\nRequestId:r\\nTime:t"}}
      """;

  private final BatchClient client = api.bearing().build();

  @Override
  public void changePassword(String password) {
    client.updateUser("p", "n", "u", new NodeUpdateUserParameter().password(password));
  }

  @Override
  public String bodyWithPassword(String text) {
    return "{\"password\":\"" + text + "\"}";
  }

  private BatchException refusal() {
    return catchThrowableOfType(BatchException.class, () -> client.deleteUser("p", "n", "u"));
  }

  @Test
  void errorBodyIsRead() {
    service.answer(Answer.json(404, NOT_FOUND).with("request-id", "r"));

    BatchException e = refusal();

    assertThat(e.status()).isEqualTo(404);
    assertThat(e.code()).isEqualTo("NodeUserNotFound");
    assertThat(e.text()).isEqualTo("The specified node user does not exist.\nRequestId:r\nTime:t");
    assertThat(e.details()).isEmpty();
    assertThat(e.requestId()).isEqualTo("r");
    assertThat(e.clientRequestId()).isEqualTo(service.last().header("client-request-id"));
    assertThat(e)
        .hasMessage(
            "DELETE %s/pools/p/nodes/n/users/u answered 404 NodeUserNotFound: The specified node"
                + " user does not exist. (request-id r)",
            service.endpoint());
  }

  @Test
  void detailsAreReadInOrder() {
    service.answer(
        Answer.json(
            400,
            """
            {"code":"InvalidPropertyValue","message":{"value":"Wrong."},"values":[
              {"key":"PropertyName","value":"expiryTime"},{"key":"Reason","value":"no date"}]}"""));

    BatchException e = refusal();

    assertThat(e.details())
        .containsExactly(
            new BatchException.Detail("PropertyName", "expiryTime"),
            new BatchException.Detail("Reason", "no date"));
    assertThat(e.detail("Reason")).contains("no date");
    assertThat(e.detail("reason")).isEmpty();
    assertThat(e)
        .hasMessageEndingWith(
            "400 InvalidPropertyValue: Wrong. [PropertyName: expiryTime, Reason: no date]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"code\":null,\"message\":\"x\"}"})
  void strangeErrorsHaveNoCode(String body) {
    service.answer(Answer.json(500, body));

    assertThat(refusal()).returns(500, BatchException::status).returns(null, BatchException::code);
  }

  @Test
  void sentSecretsAreMaskedWhenTheServerRepeatsThem() {
    service.answer(
        request ->
            Answer.json(
                400,
                """
                {"code":"InvalidPropertyValue","message":{"value":"Not S3cret-pass for %s"},
                 "values":[{"key":"PropertyValue","value":"S3cret-pass"}]}"""
                    .formatted(request.header("Authorization"))));

    assertThatThrownBy(
            () -> client.addUser("p", "n", new ComputeNodeUser().name("u").password("S3cret-pass")))
        .isInstanceOfSatisfying(
            BatchException.class,
            e -> {
              assertThat(e.code()).isEqualTo("InvalidPropertyValue");
              assertThat(e.text()).isEqualTo("Not *** for Bearer ***");
              assertThat(e.detail("PropertyValue")).contains("***");
              assertThat(StackTrace.of(e)).doesNotContain("S3cret-pass", "t0ken-of-mine");
            });
    assertThatThrownBy(
            () ->
                client.updateUser(
                    "p", "n", "u", new NodeUpdateUserParameter().password("S3cret-pass")))
        .isInstanceOfSatisfying(
            BatchException.class,
            e -> assertThat(StackTrace.of(e)).doesNotContain("S3cret-pass", "t0ken-of-mine"));
  }

  @Test
  void secretsInNamesAreMaskedButPlainWordsStay() {
    service.answer(
        Answer.json(400, "{\"code\":\"t0ken-of-mine\",\"values\":[{\"key\":\"t0ken-of-mine\"}]}"));
    assertThat(refusal())
        .returns("***", BatchException::code)
        .returns(List.of(new BatchException.Detail("***", null)), BatchException::details)
        .hasMessageEndingWith(" answered 400 *** [***: null]");

    service.answer(Answer.json(404, NOT_FOUND));
    assertThatThrownBy(
            () -> client.addUser("p", "n", new ComputeNodeUser().name("u").password("User")))
        .isInstanceOfSatisfying(
            BatchException.class, e -> assertThat(e.code()).isEqualTo("NodeUserNotFound"));
  }

  @Test
  void valuesThatCannotBeReadAreNotQuoted() {
    service.answer(Answer.json(200, "{\"id\":\"p\",\"creationTime\":\"t0ken-of-mine\"}"));

    assertThatThrownBy(() -> client.getPool("p"))
        .isExactlyInstanceOf(BatchTransportException.class)
        .satisfies(e -> assertThat(StackTrace.of(e)).doesNotContain("t0ken"))
        .cause()
        .hasMessage("InvalidFormatException at line 1, column 26 in creationTime");
  }
}
