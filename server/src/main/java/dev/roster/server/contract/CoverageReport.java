package dev.roster.server.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What the contracts promise and what proves it, as the build wrote it.
 *
 * @param page HTML
 * @param data JSON, the same
 * @param contracts the digest of the contracts that it was made from
 */
record CoverageReport(byte[] page, byte[] data, String contracts) {

  private static final String PAGE = "index.html";
  private static final String DATA = "rule-coverage.json";

  /** Reads what lies in a folder. */
  static CoverageReport in(Path folder) throws IOException {
    return of(Files.readAllBytes(folder.resolve(PAGE)), Files.readAllBytes(folder.resolve(DATA)));
  }

  /** Reads the one of the package, which knows the contracts and no test. */
  static CoverageReport ofPackage() throws IOException {
    return of(resource(PAGE), resource(DATA));
  }

  /**
   * Takes both together.
   *
   * @throws IOException if they are no report, or not the same
   */
  private static CoverageReport of(byte[] page, byte[] data) throws IOException {
    String contracts = contracts(data);
    String html = new String(page, StandardCharsets.UTF_8);
    if (contracts.isEmpty() || !html.contains("data-contracts=\"" + contracts + "\"")) {
      throw new IOException("The page and the data are not of the same report");
    }
    return new CoverageReport(page, data, contracts);
  }

  private static String contracts(byte[] data) throws IOException {
    try {
      return new ObjectMapper().readTree(data).path("contracts").asText();
    } catch (JsonProcessingException e) {
      throw new IOException(DATA + " is no JSON", e);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream resource =
        CoverageReport.class.getResourceAsStream("/roster/coverage/" + name)) {
      return resource.readAllBytes();
    }
  }

  /** Lets a browser run the page's own style and script, and load nothing. */
  String contentSecurityPolicy() {
    return "default-src 'none'; style-src "
        + source("style")
        + "; script-src "
        + source("script")
        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }

  /** The only element of the page with a name, as the policy names its content. */
  private String source(String element) {
    String html = new String(page, StandardCharsets.UTF_8);
    int start = html.indexOf("<" + element + ">") + element.length() + 2;
    String content = html.substring(start, html.indexOf("</" + element + ">", start));
    byte[] digest = sha256(content.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  /** Changes whenever the content does. */
  static String tag(byte[] content) {
    return HexFormat.of().formatHex(sha256(content));
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256", e);
    }
  }
}
