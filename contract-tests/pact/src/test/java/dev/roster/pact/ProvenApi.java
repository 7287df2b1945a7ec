package dev.roster.pact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.roster.testing.Contract;
import java.util.Set;

/** The APIs that have a pact, and what tells their pacts apart. */
enum ProvenApi {
  /** Azure Batch. */
  AZURE_BATCH(
      AzureBatchExpectation.PROVIDER,
      Contract.AZURE_BATCH,
      "application/json; odata=minimalmetadata",
      "application/json;odata=minimalmetadata",
      "/code",
      Set.of("12345"),
      "Authorization",
      Set.of("Bearer token", "SharedKey nobody:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")),

  /** Azure API Management. */
  AZURE_API_MANAGEMENT(
      AzureApiManagementExpectation.PROVIDER,
      Contract.AZURE_API_MANAGEMENT,
      "application/json",
      "application/json; charset=utf-8",
      "/error/code",
      Set.of("ps1967"),
      "Authorization",
      Set.of("Bearer token")),

  /** HPE Nimble Storage. */
  NIMBLE(
      NimbleExpectation.PROVIDER,
      Contract.NIMBLE,
      "application/json",
      "application/json",
      "/messages/1/code",
      Set.of("admin", "password-91", "password-92"),
      "X-Auth-Token",
      Set.of(NimbleProviderStates.SESSION_TOKEN)),

  /** Windows Azure Pack. */
  AZURE_PACK(
      AzurePackExpectation.PROVIDER,
      Contract.AZURE_PACK,
      "application/json",
      "application/json; charset=utf-8",
      "/Code",
      Set.of(),
      "Authorization",
      Set.of("Bearer token"));

  private final String provider;
  private final Contract contract;
  private final String requestBodyType;
  private final String answerBodyType;
  private final String errorCode;
  private final Set<String> passwords;
  private final String credentialHeader;
  private final Set<String> credentials;

  ProvenApi(
      String provider,
      Contract contract,
      String requestBodyType,
      String answerBodyType,
      String errorCode,
      Set<String> passwords,
      String credentialHeader,
      Set<String> credentials) {
    this.provider = provider;
    this.contract = contract;
    this.requestBodyType = requestBodyType;
    this.answerBodyType = answerBodyType;
    this.errorCode = errorCode;
    this.passwords = passwords;
    this.credentialHeader = credentialHeader;
    this.credentials = credentials;
  }

  /** The name that the API has in its pact, and as a folder of contracts. */
  String provider() {
    return provider;
  }

  Contract contract() {
    return contract;
  }

  /** The media type that the client sends. */
  String requestBodyType() {
    return requestBodyType;
  }

  /** The media type that the server sends. */
  String answerBodyType() {
    return answerBodyType;
  }

  /** The passwords that may stand in the pact: documented ones. */
  Set<String> passwords() {
    return passwords;
  }

  /** The header of requests that proves who sends them. */
  String credentialHeader() {
    return credentialHeader;
  }

  /** The values of that header that may stand in the pact: made-up ones. */
  Set<String> credentials() {
    return credentials;
  }

  /** The code in the body of an error; empty without one, as in answers to HEAD. */
  String errorCode(JsonNode body) {
    return body.at(errorCode).asText();
  }
}
