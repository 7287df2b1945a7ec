package dev.roster.server.contract;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;

/** Serves the contracts as they were written. */
@Path("/roster/openapi")
public class ContractResource {

  /** The contract of an API, by the name of its folder, such as {@code azure-batch}. */
  @GET
  @Path("{api: [a-z-]+}.yaml")
  @Produces("application/yaml")
  public byte[] contract(@PathParam("api") String api) throws IOException {
    try (InputStream contract =
        getClass().getResourceAsStream("/roster/specs/" + api + "/openapi.yaml")) {
      if (contract == null) {
        throw new NotFoundException();
      }
      return contract.readAllBytes();
    }
  }
}
