package dev.roster.client.nimble;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.roster.client.http.Failures;
import dev.roster.client.http.Refusal;
import dev.roster.client.http.RefusedException;
import dev.roster.client.http.Transport;
import dev.roster.client.http.TransportHttpClient;
import dev.roster.client.nimble.api.TokensApi;
import dev.roster.client.nimble.invoker.ApiClient;
import dev.roster.client.nimble.invoker.ApiException;
import dev.roster.client.nimble.invoker.ApiResponse;
import dev.roster.client.nimble.model.TokenAnswer;
import dev.roster.client.nimble.model.TokenCreate;
import dev.roster.client.nimble.model.TokenCreateRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes calls of the generated operations within a session, and turns their outcome into this
 * client's types.
 */
final class Calls {

  static final Failures FAILURES =
      new Failures(NimbleTransportException::new, NimbleTimeoutException::new);

  private final ObjectMapper mapper = ApiClient.createDefaultObjectMapper();
  private final String username;
  private final Supplier<String> password;
  private final String applicationName;
  private final ApiClient generated;
  private final TokensApi tokens;
  private final Sessions sessions = new Sessions(this::logIn);

  Calls(
      URI endpoint,
      String username,
      Supplier<String> password,
      String applicationName,
      Transport transport) {
    this.username = username;
    this.password = password;
    this.applicationName = applicationName;
    this.generated = new GeneratedClient(endpoint, mapper, new TransportHttpClient(transport));
    this.tokens = new TokensApi(generated);
  }

  /** What the generated operations send through. */
  ApiClient generated() {
    return generated;
  }

  /** A copy of a model that the caller may go on to change. */
  @SuppressWarnings("unchecked")
  <T> T copy(T model) {
    return (T) mapper.convertValue(model, model.getClass());
  }

  /**
   * Makes a call that answers one object.
   *
   * @param data takes the object out of its envelope
   * @param secrets sent in the URL or the body, and masked in refusals
   */
  <A, T> NimbleResponse<T> object(Function<A, T> data, List<String> secrets, Call<A> call) {
    NimbleResponse<A> answer = inSession(secrets, call);
    return answer.with(opened(answer.value(), data));
  }

  <A, T> NimbleResponse<T> object(Function<A, T> data, Call<A> call) {
    return object(data, List.of(), call);
  }

  /**
   * Makes a call that answers a page.
   *
   * @param rows tells where the page has its rows
   * @param secrets sent in the URL or the body, and masked in refusals
   */
  <P> NimbleResponse<P> page(Rows<P, ?> rows, List<String> secrets, Call<P> call) {
    NimbleResponse<P> answer = inSession(secrets, call);
    return answer.with(rows.checked(answer.value()));
  }

  <P> NimbleResponse<P> page(Rows<P, ?> rows, Call<P> call) {
    return page(rows, List.of(), call);
  }

  /** Makes a call whose answer tells nothing. */
  NimbleResponse<Void> nothing(Call<?> call) {
    return inSession(List.of(), call).with(null);
  }

  /** Makes a call that answers a page and needs no session. */
  <P> NimbleResponse<P> pageWithoutSession(Rows<P, ?> rows, Operation<P> operation) {
    try {
      NimbleResponse<P> answer = answer(operation);
      return answer.with(rows.checked(answer.value()));
    } catch (RefusedException e) {
      throw ErrorAnswer.read(e.refusal());
    }
  }

  /** Ends the session; the next call logs in anew. */
  void logOut() {
    logOut(sessions.take());
  }

  /** Ends the session, and lets no call make a new one. */
  void close() {
    logOut(sessions.close());
  }

  private void logOut(Session session) {
    if (session == null) {
      return;
    }
    try {
      answer(() -> tokens.tokensDeleteWithHttpInfo(session.id(), session.headers()));
    } catch (RefusedException e) {
      Refusal refusal = e.refusal().hiding(session.token());
      // A session that has timed out has ended, too.
      if (!ErrorAnswer.tellsDeadSession(refusal)) {
        throw ErrorAnswer.read(refusal);
      }
    }
  }

  private <A> NimbleResponse<A> inSession(List<String> secrets, Call<A> call) {
    Session first = sessions.current();
    try {
      return answer(() -> call.send(first));
    } catch (RefusedException e) {
      if (!ErrorAnswer.tellsDeadSession(e.refusal())) {
        throw refused(e, first, secrets);
      }
    }
    Session second = sessions.insteadOf(first);
    try {
      return answer(() -> call.send(second));
    } catch (RefusedException e) {
      throw refused(e, second, secrets);
    }
  }

  private Session logIn() {
    String secret = password.get();
    if (secret == null) {
      throw new IllegalStateException("The password supplier returned no password");
    }
    TokenCreateRequest request =
        new TokenCreateRequest()
            .data(new TokenCreate().username(username).password(secret).appName(applicationName));
    try {
      NimbleResponse<TokenAnswer> answer = answer(() -> tokens.tokensCreateWithHttpInfo(request));
      return Session.of(opened(answer.value(), TokenAnswer::getData));
    } catch (RefusedException e) {
      throw e.hiding(secret);
    }
  }

  private static NimbleException refused(
      RefusedException e, Session session, List<String> secrets) {
    Refusal refusal = e.refusal().hiding(session.token());
    for (String secret : secrets) {
      refusal = refusal.hiding(secret);
    }
    return ErrorAnswer.read(refusal);
  }

  private static <A, T> T opened(A envelope, Function<A, T> data) {
    T opened = envelope == null ? null : data.apply(envelope);
    if (opened == null) {
      throw new NimbleTransportException("The answer has no data", null);
    }
    return opened;
  }

  private static <A> NimbleResponse<A> answer(Operation<A> operation) {
    try {
      ApiResponse<A> answer = operation.send();
      return new NimbleResponse<>(answer.getData(), answer.getStatusCode());
    } catch (ApiException e) {
      // Transport throws every other failure itself; what is left is JSON.
      throw FAILURES.unreadable(e);
    }
  }

  /** A generated operation. */
  @FunctionalInterface
  interface Operation<A> {
    ApiResponse<A> send() throws ApiException;
  }

  /** A generated operation that still lacks the session. */
  @FunctionalInterface
  interface Call<A> {
    ApiResponse<A> send(Session session) throws ApiException;
  }

  /** Makes the generated operations use the transport of this client. */
  private static final class GeneratedClient extends ApiClient {

    private final HttpClient http;

    GeneratedClient(URI endpoint, ObjectMapper mapper, HttpClient http) {
      super(createDefaultHttpClientBuilder(), mapper, endpoint.toString());
      this.http = http;
    }

    @Override
    public HttpClient getHttpClient() {
      return http;
    }
  }
}
