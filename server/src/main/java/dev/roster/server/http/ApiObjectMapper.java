package dev.roster.server.http;

import com.fasterxml.jackson.databind.ObjectMapper;

/** How one API reads and writes JSON. */
public interface ApiObjectMapper {

  /** The package of the API's generated models. */
  String modelPackage();

  /** The mapper for them. */
  ObjectMapper mapper();
}
