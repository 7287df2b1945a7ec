package dev.roster.server.tls;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.config.StartupException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bouncycastle.util.IPAddress;

/**
 * What a server may be called for its certificate to be accepted.
 *
 * @param dns host names in lower case; a {@code *} stands for one label
 * @param addresses IP addresses in Java's notation
 */
record SubjectNames(SortedSet<String> dns, SortedSet<String> addresses) {

  private static final String PROPERTY = "roster.https.names";

  private static final List<String> ALWAYS =
      List.of("localhost", "*.localhost", "127.0.0.1", "::1");

  private static final int LONGEST = 253;
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";

  /** Not with a number at its end: that would be a mistyped address. */
  private static final Pattern DNS =
      Pattern.compile("(\\*\\.)?(" + LABEL + "\\.)*(?!\\d+$)" + LABEL);

  /** Types of a subject alternative name (RFC 5280, section 4.2.1.6). */
  private static final int DNS_NAME = 2;

  private static final int IP_ADDRESS = 7;

  /** Those that every machine has for itself. */
  static SubjectNames ofThisMachine() {
    SubjectNames names = none();
    ALWAYS.forEach(names::add);
    return names;
  }

  /**
   * Those that every machine has, the address that is listened on, and those of the configuration.
   *
   * @throws StartupException if a configured one is neither a host name nor an address
   */
  static SubjectNames configured(RosterConfig config) {
    SubjectNames names = ofThisMachine();
    String host = config.http().host();
    if (!address(host).map(InetAddress::isAnyLocalAddress).orElse(false)) {
      names.add(host);
    }
    for (String name : config.https().names().orElse(List.of())) {
      if (!names.add(name)) {
        throw new StartupException(
            PROPERTY
                + ": "
                + name
                + " is neither a host name such as roster.example or *.roster.example nor an IP"
                + " address.");
      }
    }
    return names;
  }

  /** Those that a certificate has. */
  static SubjectNames of(X509Certificate certificate) throws CertificateParsingException {
    SubjectNames names = none();
    Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
    if (alternatives != null) {
      for (List<?> alternative : alternatives) {
        int type = (Integer) alternative.get(0);
        if (type == DNS_NAME || type == IP_ADDRESS) {
          names.add((String) alternative.get(1));
        }
      }
    }
    return names;
  }

  private static SubjectNames none() {
    return new SubjectNames(new TreeSet<>(), new TreeSet<>());
  }

  private boolean add(String name) {
    Optional<InetAddress> address = address(name);
    if (address.isPresent()) {
      addresses.add(address.get().getHostAddress());
      return true;
    }
    String lowerCase = name.toLowerCase(Locale.ROOT);
    if (name.length() > LONGEST || !DNS.matcher(lowerCase).matches()) {
      return false;
    }
    dns.add(lowerCase);
    return true;
  }

  /** Not what Java would take for an address: it asks the network about everything else. */
  private static Optional<InetAddress> address(String text) {
    if (!IPAddress.isValid(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
