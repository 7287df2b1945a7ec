-- Azure Batch: pools, their nodes, and the nodes' users. Every key starts with the space.

create table batch_pool (
  space            text        not null,
  -- the id in lower case: ids are unique whatever their case, and listed in this order everywhere
  pool_key         text collate "C" not null,
  id               text        not null,
  -- what the caller sent, with the members that the contract does not model
  definition       text        not null,
  windows          boolean     not null,
  cloud_service    boolean     not null,
  dedicated_nodes  integer     not null,
  low_priority_nodes integer   not null,
  created_at       timestamptz not null,
  modified_at      timestamptz not null,
  -- until then the allocation state is resizing
  steady_at        timestamptz not null,
  deleted_at       timestamptz,
  -- from then on a deleted pool does not exist any more
  gone_at          timestamptz,
  primary key (space, pool_key)
);

create index batch_pool_gone on batch_pool (space, gone_at) where gone_at is not null;

create table batch_compute_node (
  space            text        not null,
  pool_key         text collate "C" not null,
  id               text        not null,
  ordinal          integer     not null,
  dedicated        boolean     not null,
  windows          boolean     not null,
  -- A node passes through a phase (creating, rebooting, reimaging), then through starting; its state at any
  -- time follows from these times, so that nothing has to move it.
  phase            text        not null,
  phase_started_at timestamptz not null,
  phase_ends_at    timestamptz not null,
  operational_at   timestamptz not null,
  -- when it had booted before this phase
  booted_at        timestamptz,
  created_at       timestamptz not null,
  scheduling_enabled boolean   not null,
  scheduling_changed_at timestamptz not null,
  -- a state from outside, such as unusable; it holds instead of the one that the times give
  pinned_state     text,
  pinned_at        timestamptz,
  primary key (space, pool_key, id),
  foreign key (space, pool_key) references batch_pool on delete cascade
);

create unique index batch_compute_node_ordinal on batch_compute_node (space, pool_key, ordinal);

create table batch_compute_node_user (
  space            text        not null,
  pool_key         text collate "C" not null,
  node_id          text        not null,
  -- the name on Linux nodes, the name in lower case on Windows nodes
  name_key         text        not null,
  name             text        not null,
  windows          boolean     not null,
  admin            boolean     not null,
  -- Argon2id; null without a password
  password_hash    text,
  ssh_public_key   text,
  expires_at       timestamptz not null,
  -- the end of that day on Linux nodes
  effective_expires_at timestamptz not null,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  primary key (space, pool_key, node_id, name_key),
  foreign key (space, pool_key, node_id) references batch_compute_node on delete cascade
) with (fillfactor = 70);
