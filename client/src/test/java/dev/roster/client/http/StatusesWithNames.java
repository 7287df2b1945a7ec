package dev.roster.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.roster.client.ServiceException;
import dev.roster.client.http.AnyBuilder.AnyClient;
import dev.roster.client.http.FakeService.Answer;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which statuses the exceptions of a client have names for.
 *
 * @param <E> type of the exceptions
 */
public interface StatusesWithNames<E extends ServiceException> extends ClientTest {

  Class<E> exception();

  /** The methods that ask for a status, by that status. */
  Map<Integer, Predicate<E>> statusesWithNames();

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 409, 412, 500, 503})
  default void statusIsAskedForByName(int status) {
    api().answer(Answer.status(status));
    AnyClient client = api().builder().build();

    E e = catchThrowableOfType(exception(), () -> client.read("u"));

    assertThat(e).isExactlyInstanceOf(exception());
    assertThat(e.status()).isEqualTo(status);
    assertThat(statusesWithNames())
        .isNotEmpty()
        .allSatisfy((named, asks) -> assertThat(asks.test(e)).isEqualTo(named == status));
  }
}
