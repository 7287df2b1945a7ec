package dev.roster.client.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * The builder of any client, as far as all of them are alike.
 *
 * @param <B> type of the builder
 * @param <C> type of the client
 */
public final class AnyBuilder<B, C> {

  private final B builder;
  private final Methods<B, C> methods;

  public AnyBuilder(B builder, Methods<B, C> methods) {
    this.builder = builder;
    this.methods = methods;
  }

  public AnyBuilder<B, C> endpoint(URI endpoint) {
    return set(methods.endpoint, endpoint);
  }

  public AnyBuilder<B, C> endpoint(String endpoint) {
    return set(methods.endpointText, endpoint);
  }

  public AnyBuilder<B, C> connectTimeout(Duration timeout) {
    return set(methods.connectTimeout, timeout);
  }

  public AnyBuilder<B, C> requestTimeout(Duration timeout) {
    return set(methods.requestTimeout, timeout);
  }

  public AnyBuilder<B, C> httpClient(HttpClient client) {
    return set(methods.httpClient, client);
  }

  public AnyBuilder<B, C> sslContext(SSLContext context) {
    return set(methods.sslContext, context);
  }

  public AnyClient build() {
    C client = methods.build.apply(builder);
    return new AnyClient(client, name -> methods.read.accept(client, name));
  }

  @Override
  public String toString() {
    return builder.toString();
  }

  private <V> AnyBuilder<B, C> set(BiFunction<B, V, B> setter, V value) {
    return new AnyBuilder<>(setter.apply(builder, value), methods);
  }

  /** The methods of a builder, and one call of its client that reads something by its name. */
  public record Methods<B, C>(
      BiFunction<B, URI, B> endpoint,
      BiFunction<B, String, B> endpointText,
      BiFunction<B, Duration, B> connectTimeout,
      BiFunction<B, Duration, B> requestTimeout,
      BiFunction<B, HttpClient, B> httpClient,
      BiFunction<B, SSLContext, B> sslContext,
      Function<B, C> build,
      BiConsumer<C, String> read) {}

  /** Any client, as far as all of them are alike. */
  public record AnyClient(Object client, Consumer<String> reading) {

    public void read(String name) {
      reading.accept(name);
    }

    @Override
    public String toString() {
      return client.toString();
    }
  }
}
