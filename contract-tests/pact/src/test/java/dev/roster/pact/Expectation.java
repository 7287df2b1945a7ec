package dev.roster.pact;

import au.com.dius.pact.consumer.ConsumerPactRunnerKt;
import au.com.dius.pact.consumer.PactVerificationResult;
import au.com.dius.pact.consumer.dsl.DslPart;
import au.com.dius.pact.consumer.dsl.HttpInteractionBuilder;
import au.com.dius.pact.consumer.dsl.HttpRequestBuilder;
import au.com.dius.pact.consumer.dsl.HttpResponseBuilder;
import au.com.dius.pact.consumer.dsl.Matcher;
import au.com.dius.pact.consumer.dsl.Matchers;
import au.com.dius.pact.consumer.dsl.PactBuilder;
import au.com.dius.pact.consumer.model.MockProviderConfig;
import au.com.dius.pact.core.model.PactSpecVersion;
import au.com.dius.pact.core.model.V4Pact;
import dev.roster.client.ServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One interaction between a client and an API: a request, and the answer that the client can
 * handle. Meeting it with the client writes it into the pact.
 *
 * <p>What is special to an API, such as its errors and what each of its requests carries, is added
 * by a subclass.
 *
 * @param <S> the subclass
 * @param <C> the client
 * @param <E> what the client makes of a refusal
 */
abstract class Expectation<S extends Expectation<S, C, E>, C, E extends ServiceException> {

  static final String CONSUMER = "roster-client";

  /** The server in the examples; only the path of a URL is compared. */
  static final String ORIGIN = "http://localhost:8080";

  static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private static final String ANY_ORIGIN = "https?://[^/]+";

  private final ProvenApi api;
  private final Class<E> refusalType;
  private final String operationId;
  private final String description;
  private final Map<String, Object> query = new LinkedHashMap<>();
  private final Map<String, Object> requestHeaders = new LinkedHashMap<>();
  private final Map<String, Object> answerHeaders = new LinkedHashMap<>();
  private final List<S> following = new ArrayList<>();
  private String state;
  private String method;
  private String path;
  private String requestBody;
  private int status;
  private DslPart answerBody;
  private byte[] answerBytes;

  /**
   * Begins an interaction.
   *
   * @param operationId of the contract
   * @param description unlike that of any other interaction of the API
   */
  Expectation(ProvenApi api, Class<E> refusalType, String operationId, String description) {
    this.api = api;
    this.refusalType = refusalType;
    this.operationId = operationId;
    this.description = description;
  }

  /** This, as what it is. */
  abstract S self();

  /** A client with the credentials that requests carry as a rule. */
  abstract C client(String endpoint);

  /** The state that the server has to be in. */
  S given(String state) {
    this.state = state;
    return self();
  }

  S request(String method, String path) {
    this.method = method;
    this.path = path;
    return self();
  }

  /** A JSON body that is sent with exactly these members. */
  S sending(String json) {
    this.requestBody = json;
    return self();
  }

  final S query(String name, Object value) {
    query.put(name, value);
    return self();
  }

  final S requestHeader(String name, Object value) {
    requestHeaders.put(name, value);
    return self();
  }

  /** What the request proves with who sends it. */
  final S credentials(Object value) {
    return requestHeader(api.credentialHeader(), value);
  }

  S withoutRequestHeader(String name) {
    requestHeaders.remove(name);
    return self();
  }

  S answer(int status) {
    this.status = status;
    return self();
  }

  final S header(String name, Object value) {
    answerHeaders.put(name, value);
    return self();
  }

  S body(DslPart body) {
    answerBody = body;
    return header("Content-Type", api.answerBodyType());
  }

  S bytes(byte[] body) {
    answerBytes = body;
    return header("Content-Type", "application/octet-stream");
  }

  /** Another interaction that the same call of the client leads to. */
  S then(S next) {
    following.add(next);
    return self();
  }

  /** Any bearer token. */
  static Matcher bearer() {
    return Matchers.regexp("Bearer .+", "Bearer token");
  }

  /** A URL of the server, wherever it listens. */
  static Matcher url(String path) {
    return Matchers.regexp(urlPattern(path), ORIGIN + path);
  }

  static String urlPattern(String path) {
    return ANY_ORIGIN + literal(path);
  }

  /** A pattern that only this text matches. */
  static String literal(String text) {
    return text.replaceAll("[.$()+?*|\\[\\]{}\\\\^]", "\\\\$0");
  }

  /** A value that the server's state gives by then. */
  static Object stateValue(String parameter, String example) {
    return Matchers.fromProviderState("${" + parameter + "}", example);
  }

  /** Lets the client make the request, and writes the interaction down. */
  <T> T met(Function<C, T> call) {
    return metAt(endpoint -> call.apply(client(endpoint)));
  }

  /** Lets the client make the request, and gives the refusal that it makes of the answer. */
  E refused(Consumer<C> call) {
    return refused(this::client, call);
  }

  /**
   * As {@link #refused(Consumer)}, for a client with other settings.
   *
   * @param clients make one for an endpoint
   */
  E refused(Function<String, C> clients, Consumer<C> call) {
    return metAt(
        endpoint -> {
          try {
            call.accept(clients.apply(endpoint));
          } catch (ServiceException e) {
            return refusalType.cast(e);
          }
          throw new AssertionError("The client took a refusal for an answer");
        });
  }

  /** Lets someone else make the request at an endpoint, and writes the interaction down. */
  <T> T metAt(Function<String, T> call) {
    PactVerificationResult result =
        ConsumerPactRunnerKt.runConsumerTest(
            pact(),
            MockProviderConfig.createDefault(PactSpecVersion.V4),
            (server, context) -> call.apply(server.getUrl()));
    if (result instanceof PactVerificationResult.Error error) {
      throw new AssertionError(error.getDescription(), error.getError());
    }
    if (!(result instanceof PactVerificationResult.Ok ok)) {
      throw new AssertionError(result.getDescription());
    }
    @SuppressWarnings("unchecked")
    T value = (T) ok.getResult();
    return value;
  }

  /** As {@link #metAt}, for someone who writes the request by hand. */
  HttpResponse<String> metBy(Function<String, HttpRequest> request) {
    return metAt(
        endpoint -> {
          try {
            return HttpClient.newHttpClient()
                .send(request.apply(endpoint), BodyHandlers.ofString());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
          }
        });
  }

  private V4Pact pact() {
    PactBuilder pact = describe(new PactBuilder(CONSUMER, api.provider(), PactSpecVersion.V4));
    for (Expectation<S, C, E> next : following) {
      next.describe(pact);
    }
    return pact.toPact();
  }

  private PactBuilder describe(PactBuilder pact) {
    return pact.expectsToReceiveHttpInteraction(description, this::describe);
  }

  private HttpInteractionBuilder describe(HttpInteractionBuilder interaction) {
    return interaction
        .state(state)
        .reference("openapi", "operationId", operationId)
        .withRequest(this::describe)
        .willRespondWith(this::describe);
  }

  private HttpRequestBuilder describe(HttpRequestBuilder request) {
    request.method(method).path(path);
    query.forEach(request::queryParameter);
    if (requestBody != null) {
      request.body(requestBody, api.requestBodyType());
    }
    requestHeaders.forEach(request::header);
    return request;
  }

  private HttpResponseBuilder describe(HttpResponseBuilder response) {
    response.status(status);
    answerHeaders.forEach(response::header);
    if (answerBody != null) {
      response.body(answerBody);
    }
    if (answerBytes != null) {
      response.body(answerBytes, "application/octet-stream");
    }
    return response;
  }
}
