package dev.roster.server.tls;

import dev.roster.server.config.RosterConfig;
import dev.roster.server.error.ApiError;
import dev.roster.server.error.ApiException;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.nio.file.Files;

/** Hands out what clients need to trust the server. */
@Path("/roster/ca.pem")
public class AuthorityResource {

  private static final int NOT_FOUND = 404;

  private final RosterConfig config;

  @Inject
  AuthorityResource(RosterConfig config) {
    this.config = config;
  }

  /** The certificate of the authority that the server made; 404 if it made none. */
  @GET
  @Produces("application/pem-certificate-chain")
  public byte[] authority() throws IOException {
    java.nio.file.Path file =
        MadeCertificate.authorityFile(config).orElseThrow(AuthorityResource::noAuthority);
    return Files.readAllBytes(file);
  }

  private static ApiException noAuthority() {
    return new ApiException(
        new ApiError(
            NOT_FOUND,
            "NO_AUTHORITY",
            "This server has made no certificate authority: https is switched off"
                + " (roster.https.enabled) or has a certificate of its own"
                + " (roster.https.certificate)."));
  }
}
