package dev.roster.server.nimble;

import java.util.List;

/**
 * The array itself, and the versions of the API that it speaks.
 *
 * @param release of its software
 */
record StorageArray(String id, String name, String release) {

  /** The one array of the group. */
  static final StorageArray ONE =
      new StorageArray(ObjectId.Type.ARRAY.id(1), "roster", "5.2.1.0-1-opt");

  /** The members of arrays on the wire. */
  static final ObjectSet<StorageArray> SET =
      ObjectSet.of(
          List.of(
              Field.text("id", StorageArray::id),
              Field.text("name", StorageArray::name),
              Field.text("version", StorageArray::release)),
          "id",
          "id",
          "name");

  /** The members of versions on the wire; every array has one version. */
  static final ObjectSet<StorageArray> VERSIONS =
      ObjectSet.of(
          List.of(
              Field.text("name", array -> "v1"),
              Field.text("software_version", StorageArray::release)),
          "name",
          "name",
          "software_version");
}
