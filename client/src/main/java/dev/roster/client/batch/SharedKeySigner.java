package dev.roster.client.batch;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests with the key of a Batch account.
 *
 * <p>Instances are immutable and safe for use by many threads.
 *
 * <p>Source: <a
 * href="https://learn.microsoft.com/en-us/rest/api/batchservice/authenticate-requests-to-the-azure-batch-service">Authenticate
 * requests to the Azure Batch service</a>; checked against signatures made by the vendor's Java
 * client.
 */
public final class SharedKeySigner {

  private static final String ALGORITHM = "HmacSHA256";

  /** The signed headers, in their order; Date follows, unless ocp-date takes its place. */
  private static final List<String> BEFORE_DATE =
      List.of(
          "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type");

  private static final List<String> AFTER_DATE =
      List.of("If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range");

  private final String account;
  private final SecretKeySpec key;

  /**
   * Takes the account and its key.
   *
   * @param account name of the account
   * @param base64Key key of the account, base64; white space around it is dropped
   * @throws IllegalArgumentException if the name cannot stand in the header or the key is empty or
   *     not base64; the message does not hold the key
   */
  public SharedKeySigner(String account, String base64Key) {
    if (account.isEmpty() || !account.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':')) {
      throw new IllegalArgumentException(
          "An account name is made of visible ASCII characters other than a colon");
    }
    this.account = account;
    this.key = new SecretKeySpec(decode(base64Key), ALGORITHM);
  }

  /**
   * Signs a request.
   *
   * @param method HTTP method, in upper case
   * @param uri URL exactly as sent; its path is signed with its escapes
   * @param headers the headers as sent, in any case, Content-Length only if it is sent; Date or
   *     ocp-date has to be among them
   * @return value of the Authorization header
   */
  public String authorization(String method, URI uri, Map<String, String> headers) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] signature =
          mac.doFinal(stringToSign(method, uri, headers).getBytes(StandardCharsets.UTF_8));
      return "SharedKey " + account + ":" + Base64.getEncoder().encodeToString(signature);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /**
   * Makes the text that is signed.
   *
   * @param method as for {@link #authorization}
   * @param uri as for {@link #authorization}
   * @param headers as for {@link #authorization}
   * @return the lines, separated by line feeds
   */
  public String stringToSign(String method, URI uri, Map<String, String> headers) {
    Map<String, String> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sent.putAll(headers);
    StringBuilder text = new StringBuilder(method).append('\n');
    BEFORE_DATE.forEach(name -> text.append(sent.getOrDefault(name, "")).append('\n'));
    text.append(sent.containsKey("ocp-date") ? "" : sent.getOrDefault("Date", "")).append('\n');
    AFTER_DATE.forEach(name -> text.append(sent.getOrDefault(name, "")).append('\n'));
    sent.forEach(
        (name, value) -> {
          String lowerCase = name.toLowerCase(Locale.ROOT);
          if (lowerCase.startsWith("ocp-")) {
            text.append(lowerCase).append(':').append(oneLine(value)).append('\n');
          }
        });
    text.append('/').append(account).append(uri.getRawPath());
    parameters(uri)
        .forEach(
            parameter ->
                text.append('\n').append(parameter.name()).append(':').append(parameter.value()));
    return text.toString();
  }

  /** Tells the account, never the key. */
  @Override
  public String toString() {
    return "SharedKeySigner[" + account + "]";
  }

  private static List<Parameter> parameters(URI uri) {
    List<Parameter> parameters = new ArrayList<>();
    if (uri.getRawQuery() != null) {
      StringTokenizer pairs = new StringTokenizer(uri.getRawQuery(), "&");
      while (pairs.hasMoreTokens()) {
        String pair = pairs.nextToken();
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.add(
            new Parameter(
                URLDecoder.decode(name, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT),
                URLDecoder.decode(value, StandardCharsets.UTF_8)));
      }
    }
    parameters.sort(Comparator.comparing(Parameter::name));
    return parameters;
  }

  private static String oneLine(String value) {
    return value.replaceAll("\\R", " ").stripLeading();
  }

  private static byte[] decode(String base64Key) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64Key.strip());
    } catch (IllegalArgumentException e) {
      // Without e: its message quotes a character of the key.
      throw new IllegalArgumentException("The account key is not base64");
    }
    if (key.length == 0) {
      throw new IllegalArgumentException("The account key is empty");
    }
    return key;
  }

  private record Parameter(String name, String value) {}
}
