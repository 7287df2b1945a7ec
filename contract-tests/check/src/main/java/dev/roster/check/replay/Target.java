package dev.roster.check.replay;

import dev.roster.check.Api;
import dev.roster.check.CheckException;
import dev.roster.check.Setting;
import dev.roster.testing.Answer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** The service that a replay is run against, and how its caller proves who he is. */
public final class Target {

  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(15);

  /** A shorter secret is masked where it is named only; as a word it would be part of others. */
  private static final int SHORTEST_MASKED = 8;

  private static final Pattern NAMED_SECRET =
      Pattern.compile(
          "(\"(?:password|auth_password|session_token|sshPublicKey|primaryKey|secondaryKey)\"\\s*:\\s*)"
              + "\"(?:[^\"\\\\]|\\\\.)*\"");

  private static Target current;

  private final Api api;
  private final String origin;
  private final Map<String, String> environment;
  private final HttpClient client;
  private final List<String> secrets = new CopyOnWriteArrayList<>();

  /**
   * Takes what there is to know.
   *
   * @param origin without a slash at its end
   * @param trust whom to trust beyond the JVM's own authorities; null for nobody
   */
  public Target(Api api, String origin, Map<String, String> environment, SSLContext trust) {
    this.api = api;
    this.origin = origin;
    this.environment = Map.copyOf(environment);
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_PATIENCE);
    if (trust != null) {
      builder.sslContext(trust);
    }
    this.client = builder.build();
    for (Setting setting : Setting.values()) {
      if (setting.isSecret()) {
        setting(setting).ifPresent(this::keepSecret);
      }
    }
  }

  /** Makes this the service of the tests that run next; a process checks one. */
  public void use() {
    current = this;
  }

  /** The service of the tests that run. */
  static Target current() {
    return current;
  }

  /** The API that it is said to speak. */
  public Api api() {
    return api;
  }

  /** Where it is, such as {@code http://localhost:8080}. */
  public String origin() {
    return origin;
  }

  /** What the environment says, else what fits the stand-in's sample world. */
  public Optional<String> setting(Setting setting) {
    return setting.in(environment);
  }

  /** As {@link #setting}, of one that has a default. */
  public String required(Setting setting) {
    return setting(setting).orElseThrow(() -> new IllegalStateException(setting.variable()));
  }

  /** Whether the environment names one of these, so that defaults of others would not fit. */
  public boolean isAnySet(Setting... settings) {
    return List.of(settings).stream().anyMatch(setting -> setting.isSetIn(environment));
  }

  /** Keeps a text out of everything that is told from now on. */
  public void keepSecret(String text) {
    if (text.length() >= SHORTEST_MASKED) {
      secrets.add(text);
    }
  }

  /** Begins a request. */
  public Request request(String method, String pathAndQuery) {
    return new Request(this, method, pathAndQuery, exchange -> {});
  }

  /** A text without the secrets in it. */
  String mask(String text) {
    String masked = NAMED_SECRET.matcher(text).replaceAll("$1\"***\"");
    for (String secret : secrets) {
      masked = masked.replace(secret, "***");
    }
    return masked;
  }

  /**
   * Sends a request.
   *
   * @throws CheckException if there is no answer
   */
  Answer send(Request request) {
    try {
      HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
      Map<String, List<String>> headers = new TreeMap<>();
      response
          .headers()
          .map()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
      return new Answer(response.statusCode(), headers, response.body());
    } catch (IOException e) {
      throw new CheckException(reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CheckException("interrupted", e);
    }
  }

  private String reason(IOException e) {
    if (e instanceof SSLException) {
      return "no trust in the certificate of %s, or no TLS there (%s); see --ca and --insecure"
          .formatted(origin, e.getMessage());
    }
    if (e instanceof HttpConnectTimeoutException) {
      return "cannot connect to " + origin + " within " + CONNECT_PATIENCE.toSeconds() + " s";
    }
    if (e instanceof ConnectException) {
      return "cannot connect to %s: %s"
          .formatted(
              origin,
              e.getCause() != null && e.getCause().getCause() instanceof UnresolvedAddressException
                  ? "its name is unknown"
                  : "nothing listens there");
    }
    return "%s gave no HTTP answer: %s".formatted(origin, e);
  }
}
