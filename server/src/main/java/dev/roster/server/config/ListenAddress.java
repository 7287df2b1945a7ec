package dev.roster.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The address that all ports listen on, resolved once, so that the checked address is also bound.
 *
 * @param host as the deployer wrote it
 * @param address what it stands for
 */
public record ListenAddress(String host, InetAddress address) {

  /**
   * Resolves a host.
   *
   * @param host a name or a literal address
   * @throws StartupException if it stands for no address, or for some on loopback and others not
   */
  public static ListenAddress of(String host) {
    try {
      InetAddress[] addresses = InetAddress.getAllByName(host);
      long onLoopback = Arrays.stream(addresses).filter(InetAddress::isLoopbackAddress).count();
      if (onLoopback != 0 && onLoopback != addresses.length) {
        throw new StartupException(
            "roster.http.host="
                + host
                + " stands for several addresses, of which only some are on loopback ("
                + Arrays.stream(addresses)
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.joining(", "))
                + "). Set roster.http.host to the one to listen on.");
      }
      return new ListenAddress(host, addresses[0]);
    } catch (UnknownHostException e) {
      throw new StartupException(
          "roster.http.host=" + host + " is not an address of this machine.", e);
    }
  }

  /** Whether only this machine reaches it. */
  public boolean isLoopback() {
    return address.isLoopbackAddress();
  }

  /** The address in digits, which nothing has to resolve again. */
  public String literal() {
    return address.getHostAddress();
  }
}
