package dev.roster.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roster.client.TransportException;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageLinksTest {

  private static PageLinks links(String endpoint) {
    Failures failures = new Failures(PlainTransportException::new, PlainTransportException::new);
    return new PageLinks(URI.create(endpoint), "nextLink", failures);
  }

  @ParameterizedTest
  @CsvSource({
    "https://management.azure.com, https://management.azure.com:443/subscriptions/s?%24skip=1",
    "https://management.azure.com:443, https://management.azure.com/subscriptions/s?%24skip=1",
    "https://management.azure.com, HTTPS://Management.Azure.com/subscriptions/s",
    "http://localhost, http://localhost:80/x",
    "http://localhost:8080/base, http://localhost:8080/x?$skiptoken=a%2Fb+c",
    "http://[::1]:8080, http://[::1]:8080/x"
  })
  void linksOfTheSameServerAreKeptAsTheyAre(String endpoint, String link) {
    assertThat(links(endpoint).checked(link)).hasToString(link);
  }

  @ParameterizedTest
  @CsvSource({
    "https://management.azure.com, http://management.azure.com/x",
    "https://management.azure.com, https://management.azure.com:8443/x",
    "https://management.azure.com, https://management.azure.com.example/x",
    "https://management.azure.com, https://management.azure.com@elsewhere.example/x",
    "https://management.azure.com, //management.azure.com/x",
    "https://management.azure.com, /subscriptions/s",
    "http://localhost, http://localhost:443/x",
    "http://localhost:8080, http://localhost/x",
    "http://localhost:8080, mailto:x"
  })
  void linksOfOtherServersAreRefused(String endpoint, String link) {
    assertThatThrownBy(() -> links(endpoint).checked(link))
        .isExactlyInstanceOf(PlainTransportException.class)
        .hasMessage("nextLink leads away from " + endpoint + ": " + link);
  }

  private static final class PlainTransportException extends TransportException {

    private static final long serialVersionUID = 1L;

    PlainTransportException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
