package dev.roster.server.apimanagement;

import dev.roster.server.http.ContractPaths;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The paths of Azure Resource Manager, as far as the contract has them. */
@Singleton
class ArmPaths extends ContractPaths {

  @Inject
  ArmPaths() {
    super("azure-api-management");
  }
}
