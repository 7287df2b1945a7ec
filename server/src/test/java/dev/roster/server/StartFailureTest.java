package dev.roster.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.QuarkusBindException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartFailureTest {

  /** Ports are checked before; somebody may take one in between. */
  @ParameterizedTest
  @CsvSource({"8080, roster.http.port", "8443, roster.https.port"})
  void portThatWasTakenMeanwhileIsNamedWithItsProperty(int port, String property) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    new StartFailure(new QuarkusBindException("127.0.0.1", port, new BindException()))
        .print(new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "Roster did not start: port "
                + port
                + " on 127.0.0.1 cannot be opened. Stop what uses it, or set "
                + property
                + " to another port.");
  }
}
