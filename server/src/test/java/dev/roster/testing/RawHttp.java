package dev.roster.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A request of a test that no HTTP client would send as it is: odd characters in the URL, other
 * bytes than text, headers that clients keep for themselves.
 *
 * <p>What the test says goes out as it is, one byte for each character. Only Host, unless the test
 * names one, and {@code Connection: close} are added. As with {@link Call}, every answer is checked
 * against the contract.
 */
public final class RawHttp {

  private static final int PATIENCE_MILLIS = 60_000;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final int SIZE_RADIX = 16;

  private final Contract contract;
  private final URI origin;
  private final String method;
  private final String target;
  private final List<String> headers = new ArrayList<>();
  private String version = "HTTP/1.1";
  private boolean withHost = true;
  private boolean awaitsContinue;
  private byte[] body = new byte[0];
  private SSLContext trust;

  private RawHttp(Contract contract, URI origin, String method, String target) {
    this.contract = contract;
    this.origin = origin;
    this.method = method;
    this.target = target;
  }

  /**
   * Begins a request.
   *
   * @param origin such as {@code http://localhost:8080}
   * @param target path and query as they go over the wire
   */
  public static RawHttp of(Contract contract, String origin, String method, String target) {
    return new RawHttp(contract, URI.create(origin), method, target);
  }

  /** Adds a header. */
  public RawHttp header(String name, String value) {
    headers.add(name + ": " + value);
    withHost &= !name.equalsIgnoreCase("Host");
    return this;
  }

  /**
   * Sends it over https, to a server that proves who it is.
   *
   * @param trusted see {@link Trust}
   */
  public RawHttp trusting(SSLContext trusted) {
    trust = trusted;
    return this;
  }

  /** Speaks HTTP/1.0, which knows no Host. */
  public RawHttp withoutHost() {
    version = "HTTP/1.0";
    withHost = false;
    return this;
  }

  /** Sends bytes as body; their announcement, if any, is a header of the test's. */
  public RawHttp body(byte[] bytes) {
    body = bytes.clone();
    return this;
  }

  /** Sends bytes as body and announces their number. */
  public RawHttp announcedBody(byte[] bytes) {
    return header("Content-Length", Integer.toString(bytes.length)).body(bytes);
  }

  /** Sends the body only when the server has answered the head with 100 Continue. */
  public RawHttp awaitingContinue() {
    awaitsContinue = true;
    return header("Expect", "100-continue");
  }

  /** Sends the request and checks the answer against the contract. */
  public Answer send() {
    try (Socket socket = connect()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(head().getBytes(StandardCharsets.ISO_8859_1));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      if (awaitsContinue) {
        out.flush();
        awaitContinue(in);
      }
      out.write(body);
      out.flush();
      Answer answer = read(in);
      contract.check(method, target, answer);
      return answer;
    } catch (IOException e) {
      throw new AssertionError(method + " " + target, e);
    }
  }

  private static void awaitContinue(DataInputStream in) throws IOException {
    String status = line(in);
    if (!status.equals("HTTP/1.1 100 Continue")) {
      throw new AssertionError("The server did not ask for the body: " + status);
    }
    while (!line(in).isEmpty()) {
      // An interim answer has no body, and its headers say nothing here.
    }
  }

  private Socket connect() throws IOException {
    if (trust == null) {
      return new Socket(origin.getHost(), origin.getPort());
    }
    SSLSocket socket =
        (SSLSocket) trust.getSocketFactory().createSocket(origin.getHost(), origin.getPort());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  private String head() {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(target).append(' ').append(version).append("\r\n");
    if (withHost) {
      head.append("Host: ").append(origin.getAuthority()).append("\r\n");
    }
    headers.forEach(header -> head.append(header).append("\r\n"));
    return head.append("Connection: close\r\n\r\n").toString();
  }

  private Answer read(DataInputStream in) throws IOException {
    int status = Integer.parseInt(List.of(line(in).split(" ")).get(1));
    Map<String, List<String>> answered = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      answered
          .computeIfAbsent(
              header.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
          .add(header.substring(colon + 1).strip());
    }
    return new Answer(status, answered, body(in, status, answered));
  }

  private byte[] body(DataInputStream in, int status, Map<String, List<String>> answered)
      throws IOException {
    if (method.equals("HEAD") || status == NO_CONTENT || status == NOT_MODIFIED) {
      return new byte[0];
    }
    if (answered.containsKey("content-length")) {
      return in.readNBytes(Integer.parseInt(answered.get("content-length").get(0)));
    }
    if (!answered.containsKey("transfer-encoding")) {
      return in.readAllBytes();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int size = chunkSize(in); size > 0; size = chunkSize(in)) {
      bytes.write(in.readNBytes(size));
      line(in);
    }
    return bytes.toByteArray();
  }

  private static int chunkSize(DataInputStream in) throws IOException {
    return Integer.parseInt(line(in), SIZE_RADIX);
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The server closed the connection after: " + line);
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
