package dev.roster.server.nimble;

import java.util.List;

/**
 * The array itself, and the versions of the API that it speaks.
 *
 * @param release of its software
 */
record StorageArray(String id, String name, String release) {

  private static final long TEBIBYTE = 1L << 40;

  /** When the array was made, in seconds since 1970. */
  private static final long MADE = 1_577_836_800L;

  private static final String POOL = ObjectId.Type.POOL.id(1);

  /** The one array of the group. */
  static final StorageArray ONE =
      new StorageArray(ObjectId.Type.ARRAY.id(1), "roster", "5.2.1.0-1-opt");

  /**
   * The members of arrays on the wire, without those that are objects or lists. Clients divide by
   * the numbers of bytes.
   */
  static final ObjectSet<StorageArray> SET =
      ObjectSet.of(
          List.of(
              Field.text("id", StorageArray::id),
              Field.text("name", StorageArray::name),
              Field.text("full_name", StorageArray::name),
              Field.text("search_name", StorageArray::name),
              Field.text("status", array -> "reachable"),
              Field.text("role", array -> "leader"),
              Field.text("group_state", array -> "initialized"),
              Field.text("pool_name", array -> "default"),
              Field.text("pool_id", array -> POOL),
              Field.text("model", array -> "CS1000"),
              Field.text("serial", array -> "AC-100001"),
              Field.text("version", StorageArray::release),
              Field.flag("is_sfa", array -> false),
              Field.number("creation_time", array -> MADE),
              Field.number("last_modified", array -> MADE),
              Field.flag("usage_valid", array -> true),
              Field.number("usable_capacity_bytes", array -> 10 * TEBIBYTE),
              Field.number("usable_cache_capacity_bytes", array -> TEBIBYTE),
              Field.number("raw_capacity_bytes", array -> 16 * TEBIBYTE),
              Field.number("vol_usage_bytes", array -> TEBIBYTE),
              Field.number("vol_usage_uncompressed_bytes", array -> 2 * TEBIBYTE),
              Field.number("vol_compression", array -> 2L),
              Field.number("vol_saved_bytes", array -> TEBIBYTE),
              Field.number("snap_usage_bytes", array -> TEBIBYTE),
              Field.number("snap_usage_uncompressed_bytes", array -> 2 * TEBIBYTE),
              Field.number("snap_compression", array -> 2L),
              Field.number("snap_space_reduction", array -> 2L),
              Field.number("snap_saved_bytes", array -> TEBIBYTE),
              Field.number("pending_delete_bytes", array -> 0L),
              Field.number("available_bytes", array -> 8 * TEBIBYTE),
              Field.number("usage", array -> 2 * TEBIBYTE),
              Field.flag("all_flash", array -> false),
              Field.number("dedupe_capacity_bytes", array -> 10 * TEBIBYTE),
              Field.number("dedupe_usage_bytes", array -> 2 * TEBIBYTE),
              Field.flag("is_fully_dedupe_capable", array -> true),
              Field.text("extended_model", array -> "CS1000-2P-12T-640F"),
              Field.flag("is_supported_hw_config", array -> true),
              Field.number("gig_nic_port_count", array -> 2L),
              Field.number("ten_gig_sfp_nic_port_count", array -> 2L),
              Field.number("ten_gig_t_nic_port_count", array -> 2L),
              Field.number("fc_port_count", array -> 2L),
              Field.text("model_sub_type", array -> "none")),
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
