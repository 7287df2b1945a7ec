package dev.roster.server.apimanagement;

import dev.roster.server.apimanagement.ApiManagementWorld.Service;
import dev.roster.testing.StoredRows;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** The services with all that belongs to them as they are stored. */
@Singleton
class StoredServices extends StoredRows {

  /** The tables of what a service holds, those that others refer to first. */
  static final List<String> CONTENTS =
      List.of("apim_user", "apim_group", "apim_group_user", "apim_subscription");

  @Inject ApiManagementWorld world;

  /** Every column of a service and of everything in it, one text a row. */
  List<String> of(Service service) {
    return ofSpace("default", world.instance(service).id());
  }

  /** As {@link #of}, in a space and by the service's own id. */
  List<String> ofSpace(String space, long id) {
    List<String> rows =
        new ArrayList<>(
            query(
                "select t::text from apim_service t where space = ? and service_id = ?",
                space,
                id));
    for (String table : CONTENTS) {
      rows.addAll(
          query(
              "select t::text from " + table + " t where space = ? and service_id = ? order by 1",
              space,
              id));
    }
    return rows;
  }
}
