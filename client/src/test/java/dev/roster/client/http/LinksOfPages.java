package dev.roster.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which links the clients follow that read pages through links. */
public interface LinksOfPages extends ClientTest {

  /** The member of a page that holds the link to the next one. */
  String linkMember();

  /** The calls that follow a link. */
  List<Consumer<String>> callsWithLinks();

  @Test
  default void linksToOtherServersAreNotFollowed() {
    String endpoint = api().service().endpoint().toString();
    List<String> links =
        List.of(
            "http://elsewhere.example/users",
            endpoint.replace("http:", "https:"),
            "http://127.0.0.1/users",
            "/users",
            "mailto:x");

    for (Consumer<String> call : callsWithLinks()) {
      for (String link : links) {
        assertThatThrownBy(() -> call.accept(link))
            .isExactlyInstanceOf(api().facts().broken())
            .hasMessage(linkMember() + " leads away from " + endpoint + ": " + link);
      }
      assertThatThrownBy(() -> call.accept("http://a b"))
          .isExactlyInstanceOf(api().facts().broken())
          .hasMessage(linkMember() + " is no URL: http://a b");
    }
    assertThat(api().service().all()).isEmpty();
  }
}
