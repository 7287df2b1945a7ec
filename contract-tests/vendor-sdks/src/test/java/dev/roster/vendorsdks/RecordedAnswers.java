package dev.roster.vendorsdks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * Writes down the answers that an SDK gets, for a module that comes later to check.
 *
 * <p>What checks them cannot stand here: it needs another Jackson than the SDKs bring along.
 */
final class RecordedAnswers {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  /**
   * Begins anew.
   *
   * @param api folder of the contract
   */
  RecordedAnswers(String api) {
    file = Path.of(System.getProperty("testing.recorded-answers"), api + ".jsonl");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes down an answer, on one line.
   *
   * @param headers by their names in lower case
   */
  synchronized void add(
      String method, URI uri, int status, Map<String, List<String>> headers, byte[] body) {
    Map<String, Object> answer =
        Map.of(
            "method",
            method,
            "path",
            uri.getRawPath(),
            "status",
            status,
            "headers",
            headers,
            "body",
            body);
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(answer) + System.lineSeparator(),
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
