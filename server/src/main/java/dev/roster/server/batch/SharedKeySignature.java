package dev.roster.server.batch;

import dev.roster.server.http.ApiRequest;
import dev.roster.server.http.ApiRequest.QueryParameter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature that a client may have made over a request.
 *
 * <p>The vendor's clients differ in the length that they sign for an empty body, in the case of the
 * account and in the case of query names; a request is good if any of these readings matches.
 */
final class SharedKeySignature {

  private static final String ALGORITHM = "HmacSHA256";

  // The signed headers in the order of the documentation, around the length and the date.
  private static final List<String> BEFORE_LENGTH = List.of("Content-Encoding", "Content-Language");

  private static final List<String> AFTER_LENGTH = List.of("Content-MD5", "Content-Type");

  private static final List<String> CONDITIONS =
      List.of("If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range");

  private SharedKeySignature() {}

  /**
   * Whether a signature fits any reading of a request, the documented one tried first.
   *
   * @param account as the client wrote it
   */
  static boolean fits(ApiRequest request, String account, byte[] signature, byte[] key) {
    Mac mac = mac(key);
    Set<String> accounts = new LinkedHashSet<>(List.of(account));
    accounts.add(account.toLowerCase(Locale.ROOT));
    for (String length : lengths(request)) {
      String headers = headers(request, length);
      for (String name : accounts) {
        for (boolean lowerCaseNames : List.of(true, false)) {
          String text = headers + resource(request, name, lowerCaseNames);
          byte[] expected = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
          // Compares in constant time.
          if (MessageDigest.isEqual(expected, signature)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** The text to sign as the documentation describes it. */
  static String stringToSign(ApiRequest request, String account) {
    return headers(request, lengths(request).iterator().next()) + resource(request, account, true);
  }

  private static Set<String> lengths(ApiRequest request) {
    String asSent = request.header("Content-Length").orElse("");
    Set<String> lengths = new LinkedHashSet<>(List.of(asSent));
    if (!request.hasBody()) {
      lengths.addAll(List.of("", "0"));
    }
    return lengths;
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  private static String headers(ApiRequest request, String contentLength) {
    StringBuilder text = new StringBuilder(request.method()).append('\n');
    BEFORE_LENGTH.forEach(name -> appendHeader(text, request, name));
    text.append(contentLength).append('\n');
    AFTER_LENGTH.forEach(name -> appendHeader(text, request, name));
    // With ocp-date the Date line stays empty, whatever Date says.
    text.append(request.header("ocp-date").isPresent() ? "" : request.header("Date").orElse(""))
        .append('\n');
    CONDITIONS.forEach(name -> appendHeader(text, request, name));
    for (Map.Entry<String, String> header : request.headersBeginningWith("ocp-")) {
      text.append(header.getKey())
          .append(':')
          .append(header.getValue().stripLeading())
          .append('\n');
    }
    return text.toString();
  }

  private static void appendHeader(StringBuilder text, ApiRequest request, String name) {
    text.append(request.header(name).orElse("")).append('\n');
  }

  private static String resource(ApiRequest request, String account, boolean lowerCaseNames) {
    List<QueryParameter> query = new ArrayList<>(request.query());
    query.sort(Comparator.comparing(parameter -> parameter.name().toLowerCase(Locale.ROOT)));
    StringBuilder text = new StringBuilder("/").append(account).append(request.rawPath());
    for (QueryParameter parameter : query) {
      String name = parameter.name();
      text.append('\n')
          .append(lowerCaseNames ? name.toLowerCase(Locale.ROOT) : name)
          .append(':')
          .append(parameter.value());
    }
    return text.toString();
  }
}
