package dev.roster.server.azurepack;

import dev.roster.server.http.ContractPaths;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;

/** The paths of the contract, of which the tenant interface has no list. */
@Singleton
class PackPaths extends ContractPaths {

  private static final String USERS = "/users";

  private final PackPort port;

  @Inject
  PackPaths(PackPort port) {
    super("azure-pack");
    this.port = port;
  }

  /** The verbs that a path has at the interface at hand, as an Allow header lists them. */
  @Override
  public String allowed(String rawPath) {
    return String.join(
        ", ", verbs(rawPath).stream().filter(verb -> isThere(verb, rawPath)).toList());
  }

  /** Whether the interface at hand has an operation that the contract has. */
  boolean isThere(String verb, String rawPath) {
    boolean isList = verb.equals(HttpMethod.GET) && canonical(rawPath).equals(USERS);
    return !isList || !port.isTenants();
  }
}
