package dev.roster.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The versions of one API that requests may ask for, as its contract lists them. */
public final class ApiVersions {

  private final List<String> served;

  private ApiVersions(List<String> served) {
    this.served = List.copyOf(served);
  }

  /**
   * Reads the versions out of the package.
   *
   * @param contract its folder below specs
   * @param retiredToo whether those that the vendor no longer serves count as well
   */
  public static ApiVersions of(String contract, boolean retiredToo) {
    try (InputStream index = ApiVersions.class.getResourceAsStream("/roster/versions.json")) {
      JsonNode versions = new ObjectMapper().readTree(index).get(contract);
      List<String> served = new ArrayList<>();
      if (retiredToo) {
        versions.get("retired").forEach(version -> served.add(version.asText()));
      }
      versions.get("served").forEach(version -> served.add(version.asText()));
      return new ApiVersions(served);
    } catch (IOException e) {
      throw new UncheckedIOException("The version index of the package cannot be read", e);
    }
  }

  /** Whether requests may ask for the version. */
  public boolean contains(String version) {
    return served.contains(version);
  }

  /** All of them, oldest first. */
  public List<String> oldestFirst() {
    return served;
  }

  /** All of them, newest first. */
  public List<String> newestFirst() {
    List<String> reversed = new ArrayList<>(served);
    Collections.reverse(reversed);
    return reversed;
  }
}
