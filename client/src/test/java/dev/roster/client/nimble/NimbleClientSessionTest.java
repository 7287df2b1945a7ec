package dev.roster.client.nimble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roster.client.http.FakeService.Answer;
import dev.roster.client.http.FakeService.Received;
import dev.roster.client.nimble.model.UserUpdate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class NimbleClientSessionTest extends NimbleClientTest {

  private static final int CALLS = 8;
  private static final String READ = "GET /v1/users/" + FakeArray.USER_ID;
  private static final String LOG_IN = "POST /v1/tokens";
  private static final Answer USER = Answer.json(200, "{\"data\":{\"name\":\"bob\"}}");
  private static final Answer WRONG_PASSWORD =
      Answer.json(
          401,
          """
          {"messages":[
           {"code":"SM_http_unauthorized","severity":"error","text":"No."},
           {"code":"SM_auth","severity":"error","text":"The name or the password is wrong."}]}""");

  private final List<Thread> threads = new CopyOnWriteArrayList<>();

  NimbleClientSessionTest() {
    array.answer(USER);
  }

  @AfterEach
  void stop() {
    threads.forEach(Thread::interrupt);
  }

  private NimbleResponse<?> read() {
    return client.readUser(FakeArray.USER_ID);
  }

  private FutureTask<NimbleResponse<?>> start() {
    FutureTask<NimbleResponse<?>> call = new FutureTask<>(this::read);
    Thread thread = new Thread(call);
    threads.add(thread);
    thread.start();
    return call;
  }

  private List<FutureTask<NimbleResponse<?>>> startAll() {
    List<FutureTask<NimbleResponse<?>>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      calls.add(start());
    }
    return calls;
  }

  /** Returns when so many calls wait for the log-in of another. */
  private void awaitWaiting(int number) {
    while (threads.stream().filter(NimbleClientSessionTest::isWaiting).count() < number) {
      Thread.onSpinWait();
    }
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        && Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(Sessions.class.getName()));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<String> tokensSent() {
    return array.others().stream().map(request -> request.header("X-Auth-Token")).toList();
  }

  @Test
  void buildingSendsNothing() {
    assertThat(array.lines()).isEmpty();
  }

  @Test
  void firstCallLogsInAndSendsItsToken() {
    read();

    assertThat(array.lines()).containsExactly(LOG_IN, READ);
    Received logIn = array.logIns().get(0);
    assertThat(logIn.body())
        .isEqualTo(
            "{\"data\":{\"username\":\"admin\",\"password\":\"S3cret-pass\",\"app_name\":\"Rotation"
                + " job\"}}");
    assertThat(logIn.header("Content-Type")).isEqualTo("application/json");
    assertThat(logIn.header("X-Auth-Token")).isNull();
    assertThat(tokensSent()).containsExactly(FakeArray.token(1));
    assertThat(array.service().all())
        .extracting(request -> request.header("Authorization"))
        .containsOnlyNulls();
  }

  @Test
  void laterCallsUseTheSameSession() {
    read();
    read();

    assertThat(array.lines()).containsExactly(LOG_IN, READ, READ);
    assertThat(tokensSent()).containsOnly(FakeArray.token(1));
  }

  @Test
  void applicationHasANameUnlessAnotherIsSet() {
    NimbleClient other =
        NimbleClient.builder()
            .endpoint(array.service().endpoint())
            .username("admin")
            .password("p")
            .build();
    other.readUser(FakeArray.USER_ID);

    assertThat(array.logIns().get(0).body())
        .isEqualTo(
            "{\"data\":{\"username\":\"admin\",\"password\":\"p\",\"app_name\":\"roster-client\"}}");
  }

  @Test
  void concurrentFirstCallsShareOneLogIn() throws Exception {
    array.answerLogIns(
        number -> {
          awaitWaiting(CALLS - 1);
          return FakeArray.session(number);
        });

    for (FutureTask<NimbleResponse<?>> call : startAll()) {
      assertThat(call.get().status()).isEqualTo(200);
    }

    assertThat(array.logIns()).hasSize(1);
    assertThat(tokensSent()).hasSize(CALLS).containsOnly(FakeArray.token(1));
  }

  @Test
  void deadSessionIsRenewedAndTheRequestRepeatedAsItWas() {
    read();
    array.kill(1);

    client.updateUser(FakeArray.USER_ID, new UserUpdate().description("d"));

    String put = "PUT /v1/users/" + FakeArray.USER_ID;
    assertThat(array.lines()).containsExactly(LOG_IN, READ, put, LOG_IN, put);
    assertThat(tokensSent())
        .containsExactly(FakeArray.token(1), FakeArray.token(1), FakeArray.token(2));
    assertThat(array.others().subList(1, 3))
        .extracting(Received::body)
        .containsOnly("{\"data\":{\"description\":\"d\"}}");
    assertThat(array.logIns().get(1).header("X-Auth-Token")).isNull();
  }

  @Test
  void concurrentCallsThatFindTheSameDeadSessionShareOneLogIn() throws Exception {
    read();
    CountDownLatch arrived = new CountDownLatch(CALLS);
    array.answerEach(
        request -> {
          if (!request.header("X-Auth-Token").equals(FakeArray.token(1))) {
            return USER;
          }
          // Each call has sent the dead token before the first one learns that it is dead.
          arrived.countDown();
          await(arrived);
          return FakeArray.DEAD_SESSION;
        });

    for (FutureTask<NimbleResponse<?>> call : startAll()) {
      assertThat(call.get().status()).isEqualTo(200);
    }

    assertThat(array.logIns()).hasSize(2);
    assertThat(tokensSent())
        .hasSize(1 + 2 * CALLS)
        .filteredOn(FakeArray.token(2)::equals)
        .hasSize(CALLS);
  }

  @Test
  void secondDeadSessionIsGivenToTheCaller() {
    array.answer(FakeArray.DEAD_SESSION);

    NimbleException e = catchThrowableOfType(NimbleException.class, this::read);

    assertThat(e)
        .isExactlyInstanceOf(NimbleException.class)
        .returns(401, NimbleException::status)
        .returns("SM_auth", NimbleException::code)
        .returns(true, NimbleException::isUnauthorized);
    assertThat(array.lines()).containsExactly(LOG_IN, READ, LOG_IN, READ);
  }

  @Test
  void repeatedRequestMayBeRefusedForAnotherReason() {
    array.answerEach(
        request ->
            request.header("X-Auth-Token").equals(FakeArray.token(1))
                ? FakeArray.DEAD_SESSION
                : Answer.status(503));

    assertThat(catchThrowableOfType(NimbleException.class, this::read).status()).isEqualTo(503);
    assertThat(array.lines()).containsExactly(LOG_IN, READ, LOG_IN, READ);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<h1>SM_http_unauthorized</h1>",
        "{\"messages\":\"SM_http_unauthorized\"}",
        "{\"messages\":[{\"code\":\"SM_auth\"}]}"
      })
  void status401WithoutTheCodeIsGivenToTheCaller(String body) {
    array.answer(Answer.json(401, body));

    assertThat(catchThrowableOfType(NimbleException.class, this::read).isUnauthorized()).isTrue();
    assertThat(array.lines()).containsExactly(LOG_IN, READ);
  }

  @Test
  void codeWithAnotherStatusIsGivenToTheCaller() {
    array.answer(Answer.json(403, FakeArray.DEAD_SESSION.body()));

    assertThat(catchThrowableOfType(NimbleException.class, this::read).isForbidden()).isTrue();
    assertThat(array.lines()).containsExactly(LOG_IN, READ);
  }

  @Test
  void refusedLogInIsAnErrorOfItsOwnAndNotRepeated() {
    array.answerLogIns(number -> WRONG_PASSWORD);

    NimbleLogInException e = catchThrowableOfType(NimbleLogInException.class, this::read);

    assertThat(e.isUnauthorized()).isTrue();
    assertThat(e.code()).isEqualTo("SM_auth");
    assertThat(e.text()).isEqualTo("The name or the password is wrong.");
    assertThat(e)
        .hasMessage(
            "POST %s/v1/tokens answered 401 SM_auth: The name or the password is wrong.",
            array.service().endpoint());
    assertThat(array.lines()).containsExactly(LOG_IN);
  }

  @Test
  void refusedRenewalIsNotRepeatedEither() {
    read();
    array.kill(1);
    array.answerLogIns(number -> WRONG_PASSWORD);

    assertThatThrownBy(this::read).isExactlyInstanceOf(NimbleLogInException.class);
    assertThat(array.lines()).containsExactly(LOG_IN, READ, READ, LOG_IN);
  }

  @Test
  void callAfterARefusedLogInTriesAgain() {
    array.answerLogIns(number -> number == 1 ? WRONG_PASSWORD : FakeArray.session(number));

    assertThatThrownBy(this::read).isExactlyInstanceOf(NimbleLogInException.class);
    read();

    assertThat(array.lines()).containsExactly(LOG_IN, LOG_IN, READ);
  }

  @Test
  void concurrentCallsShareARefusedLogInToo() {
    array.answerLogIns(
        number -> {
          awaitWaiting(CALLS - 1);
          return WRONG_PASSWORD;
        });

    List<Throwable> failures = new ArrayList<>();
    for (FutureTask<NimbleResponse<?>> call : startAll()) {
      failures.add(catchThrowable(call::get).getCause());
    }

    // One exception each: what one caller does to it does not reach the others.
    assertThat(failures)
        .doesNotHaveDuplicates()
        .allSatisfy(
            e ->
                assertThat(e)
                    .isInstanceOfSatisfying(
                        NimbleLogInException.class,
                        refused -> assertThat(refused.code()).isEqualTo("SM_auth")));
    assertThat(array.lines()).containsExactly(LOG_IN);
  }

  @Test
  void interruptOfTheCallThatLogsInLeavesTheOthersAlone() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch firstArrived = new CountDownLatch(1);
    array.answerLogIns(
        number -> {
          if (number == 1) {
            firstArrived.countDown();
            await(never);
          }
          return FakeArray.session(number);
        });

    FutureTask<NimbleResponse<?>> interrupted = start();
    firstArrived.await();
    FutureTask<NimbleResponse<?>> other = start();
    awaitWaiting(1);
    threads.get(0).interrupt();

    assertThatThrownBy(interrupted::get)
        .cause()
        .isExactlyInstanceOf(NimbleTransportException.class)
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(other.get().status()).isEqualTo(200);
    assertThat(tokensSent()).containsExactly(FakeArray.token(2));
  }

  @Test
  void interruptOfACallThatWaitsForALogInEndsThatCall() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch arrived = new CountDownLatch(1);
    array.answerLogIns(
        number -> {
          arrived.countDown();
          await(goOn);
          return FakeArray.session(number);
        });

    FutureTask<NimbleResponse<?>> first = start();
    arrived.await();
    FutureTask<NimbleResponse<?>> interrupted = start();
    awaitWaiting(1);
    threads.get(1).interrupt();
    assertThatThrownBy(interrupted::get)
        .cause()
        .isExactlyInstanceOf(NimbleTransportException.class)
        .hasMessage("The wait for the log-in was interrupted")
        .hasCauseInstanceOf(InterruptedException.class);
    goOn.countDown();

    assertThat(first.get().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"data\":{\"id\":\"1\"}}",
        "{\"data\":{\"session_token\":\"t0ken\"}}",
        "{\"data\":{\"id\":\"\",\"session_token\":\"t0ken\"}}",
        "{\"data\":{\"id\":\"1\",\"session_token\":\"\"}}",
        "{\"data\":{\"id\":\"1\",\"session_token\":\"t0ken\\nx\"}}",
        "{\"data\":{\"id\":\"1\",\"session_token\":\"t0kên\"}}"
      })
  void sessionThatCannotBeUsedIsATransportFailureThatQuotesNothing(String body) {
    array.answerLogIns(number -> Answer.json(201, body));

    assertThatThrownBy(this::read)
        .isExactlyInstanceOf(NimbleTransportException.class)
        .hasMessage("The log-in was answered without an id and a session token that can be used");
    assertThat(array.lines()).containsExactly(LOG_IN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}"})
  void logInWithoutDataIsATransportFailure(String body) {
    array.answerLogIns(number -> Answer.json(201, body));

    assertThatThrownBy(this::read)
        .isExactlyInstanceOf(NimbleTransportException.class)
        .hasMessage("The answer has no data");
  }

  @Test
  void passwordIsAskedForBeforeEveryLogIn() {
    AtomicInteger asked = new AtomicInteger();
    NimbleClient other =
        array.client().password(() -> "password-" + asked.incrementAndGet()).build();
    other.readUser(FakeArray.USER_ID);
    array.kill(1);
    other.readUser(FakeArray.USER_ID);

    assertThat(array.logIns())
        .extracting(Received::body)
        .satisfiesExactly(
            body -> assertThat(body).contains("\"password\":\"password-1\""),
            body -> assertThat(body).contains("\"password\":\"password-2\""));
  }

  @Test
  void supplierWithoutAPasswordFailsTheCall() {
    NimbleClient other = array.client().password(() -> null).build();

    assertThatThrownBy(() -> other.readUser(FakeArray.USER_ID))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("The password supplier returned no password");
    assertThat(array.lines()).isEmpty();
  }

  @Test
  void closeLogsOutOnce() {
    read();

    client.close();
    client.close();

    assertThat(array.lines())
        .containsExactly(LOG_IN, READ, "DELETE /v1/tokens/" + FakeArray.tokenId(1));
    assertThat(tokensSent()).containsOnly(FakeArray.token(1));
  }

  @Test
  void closeEndsTheRenewedSession() {
    read();
    array.kill(1);
    read();

    client.close();

    assertThat(array.service().last().line())
        .isEqualTo("DELETE /v1/tokens/" + FakeArray.tokenId(2));
    assertThat(array.service().last().header("X-Auth-Token")).isEqualTo(FakeArray.token(2));
  }

  @Test
  void closeWithoutASessionSendsNothing() {
    client.close();

    assertThat(array.lines()).isEmpty();
  }

  @Test
  void closedClientMakesNoCalls() {
    read();
    client.close();

    assertThatThrownBy(this::read)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("The client is closed");
    assertThat(array.lines()).hasSize(3);
  }

  @Test
  void failedLogOutOnCloseHidesNoOtherError() {
    array.answerEach(request -> Answer.status(request.method().equals("DELETE") ? 500 : 404));

    NimbleException e =
        catchThrowableOfType(
            NimbleException.class,
            () -> {
              try (client) {
                read();
              }
            });

    assertThat(e.status()).isEqualTo(404);
    assertThat(e.getSuppressed()).isEmpty();
    assertThat(array.lines()).hasSize(3);
  }

  @Test
  void closeWithADeadSessionDoesNotLogIn() {
    read();
    array.kill(1);

    client.close();

    assertThat(array.logIns()).hasSize(1);
  }

  @Test
  void closeWaitsForALogInAndEndsItsSession() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    array.answerLogIns(
        number -> {
          arrived.countDown();
          awaitWaiting(1);
          return FakeArray.session(number);
        });
    FutureTask<NimbleResponse<?>> call = start();
    arrived.await();
    Thread closing = new Thread(client::close);
    threads.add(closing);
    closing.start();
    closing.join();

    assertThat(call.get().status()).isEqualTo(200);
    assertThat(array.lines()).contains("DELETE /v1/tokens/" + FakeArray.tokenId(1));
  }

  @Test
  void callAfterLogOutLogsInAnew() {
    read();

    client.logOut();
    client.logOut();
    read();

    assertThat(array.lines())
        .containsExactly(LOG_IN, READ, "DELETE /v1/tokens/" + FakeArray.tokenId(1), LOG_IN, READ);
    assertThat(tokensSent())
        .containsExactly(FakeArray.token(1), FakeArray.token(1), FakeArray.token(2));
  }

  @Test
  void logOutOfADeadSessionIsDone() {
    read();
    array.kill(1);

    client.logOut();

    assertThat(array.logIns()).hasSize(1);
  }

  @Test
  void failedLogOutIsTold() {
    read();
    array.answer(Answer.status(500).body("not " + FakeArray.token(1)));

    assertThat(catchThrowableOfType(NimbleException.class, client::logOut))
        .returns(500, NimbleException::status)
        .returns("not ***", NimbleException::text);
  }

  @Test
  void ownSessionIsThatOfTheRepeatedRequest() {
    array.answerEach(
        request ->
            request.header("X-Auth-Token").equals(FakeArray.token(1))
                ? FakeArray.DEAD_SESSION
                : FakeArray.session(2));

    assertThat(client.readOwnToken().value().getId()).isEqualTo(FakeArray.tokenId(2));
    assertThat(array.lines())
        .containsExactly(
            LOG_IN,
            "GET /v1/tokens/" + FakeArray.tokenId(1),
            LOG_IN,
            "GET /v1/tokens/" + FakeArray.tokenId(2));
  }
}
