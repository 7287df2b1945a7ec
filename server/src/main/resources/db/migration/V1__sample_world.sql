-- Which parts of the sample world were ever made here, so that what a user deletes of them stays deleted.
create table sample_world (
  name text primary key
);
