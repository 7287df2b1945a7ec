package dev.roster.server.apimanagement;

/** What an operation demands of its body as such. */
final class Bodies {

  private Bodies() {}

  /**
   * A body that has to be there.
   *
   * @throws dev.roster.server.error.ApiException InvalidRequestContent
   */
  static <T> T required(T body) {
    if (body == null) {
      throw ApiManagementErrors.invalidRequestContent();
    }
    return body;
  }
}
