package dev.roster.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.http.AnyBuilder.AnyClient;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the clients that send bearer tokens get them. */
public interface TokensOfBearerClients extends ClientTest {

  @Override
  BearerClientUnderTest api();

  @Test
  default void bearerTokenIsAskedForBeforeEveryRequest() {
    Iterator<String> tokens = List.of("first", " second\n").iterator();
    AnyClient client =
        api().withoutEndpoint(tokens::next).endpoint(api().service().endpoint()).build();
    api().answer(api().found("u"));

    client.read("u");
    client.read("u");

    assertThat(api().service().all())
        .extracting(request -> request.header("Authorization"))
        .containsExactly("Bearer first", "Bearer second");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "tök"})
  default void tokensThatNoHeaderCanCarryAreRefusedUnquoted(String token) {
    AnyClient client =
        api().withoutEndpoint(() -> token).endpoint(api().service().endpoint()).build();

    assertThatThrownBy(() -> client.read("u"))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The bearer supplier returned ")
        .message()
        .doesNotContain("a\nb", "tök");
    assertThat(api().service().all()).isEmpty();
  }
}
