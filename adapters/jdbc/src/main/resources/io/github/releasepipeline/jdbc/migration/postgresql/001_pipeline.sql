-- The store of a release pipeline, on PostgreSQL.
-- Times are microseconds since 1970-01-01T00:00:00Z. A document is the whole snapshot as canonical JSON; the other columns
-- repeat what is looked up, filtered and sorted by. Texts that may hold anything are escaped as in JSON.

-- What is changed often has room on its page for its next versions (fillfactor): then no index has to be told, and the page
-- is cleaned by whoever reads it next.

-- place: number and repository so that they sort.
create table release_pipeline_pull_request (
  pipeline     text collate "C" not null,
  id           text collate "C" not null,
  revision     bigint not null,
  chain_length bigint not null,
  chain_hash   text collate "C" not null,
  created_at   bigint not null,
  place        text collate "C" not null,
  author       text collate "C" not null,
  status       text collate "C" not null,
  items        integer not null,
  document     text not null,
  primary key (pipeline, id)
);
create index release_pipeline_pull_request_newest on release_pipeline_pull_request (pipeline, created_at, place) where items > 0;
create index release_pipeline_pull_request_status on release_pipeline_pull_request (pipeline, status, created_at, place) where items > 0;
create index release_pipeline_pull_request_author on release_pipeline_pull_request (pipeline, author, created_at, place) where items > 0;
-- Of many, few are open, and these are what the view shows.
create index release_pipeline_pull_request_open on release_pipeline_pull_request (pipeline, created_at, place) where items > 0 and status in ('APPROVED', 'CHANGES_REQUESTED', 'OPEN', 'REVIEW_REQUESTED');

create table release_pipeline_pull_request_label (
  pipeline     text collate "C" not null,
  label        text collate "C" not null,
  pull_request text collate "C" not null,
  primary key (pipeline, label, pull_request)
);
create index release_pipeline_pull_request_label_of on release_pipeline_pull_request_label (pipeline, pull_request);

create table release_pipeline_pull_request_item (
  pipeline     text collate "C" not null,
  path         text collate "C" not null,
  pull_request text collate "C" not null,
  primary key (pipeline, path, pull_request)
);
create index release_pipeline_pull_request_item_of on release_pipeline_pull_request_item (pipeline, pull_request);

create table release_pipeline_change_set (
  pipeline     text collate "C" not null,
  id           text collate "C" not null,
  revision     bigint not null,
  chain_length bigint not null,
  chain_hash   text collate "C" not null,
  created_at   bigint not null,
  author       text collate "C" not null,
  state        text collate "C" not null,
  document     text not null,
  primary key (pipeline, id)
);
create index release_pipeline_change_set_newest on release_pipeline_change_set (pipeline, created_at, id);
create index release_pipeline_change_set_state on release_pipeline_change_set (pipeline, state, created_at, id);
create index release_pipeline_change_set_author on release_pipeline_change_set (pipeline, author, created_at, id);

-- Members of sets that are not abandoned: a pull request is in one of them at most.
create table release_pipeline_change_set_member (
  pipeline     text collate "C" not null,
  pull_request bigint not null,
  change_set   text collate "C" not null,
  primary key (pipeline, pull_request)
);
create index release_pipeline_change_set_member_of on release_pipeline_change_set_member (pipeline, change_set);

-- What automatic rules do with a merge.
create table release_pipeline_automation (
  pipeline     text collate "C" not null,
  id           text collate "C" not null,
  revision     bigint not null,
  chain_length bigint not null,
  chain_hash   text collate "C" not null,
  merged_at    bigint not null,
  state        text collate "C" not null,
  document     text not null,
  primary key (pipeline, id)
);
create index release_pipeline_automation_under_way on release_pipeline_automation (pipeline, merged_at, id) where state in ('VERSIONING', 'DEPLOYING');

-- precedence: the number as a text that sorts as numbers do; content: the part of the document that is fixed for ever once the version is published; standing: the rest of it.
create table release_pipeline_version (
  pipeline     text collate "C" not null,
  id           text collate "C" not null,
  revision     bigint not null,
  chain_length bigint not null,
  chain_hash   text collate "C" not null,
  created_at   bigint not null,
  author       text collate "C" not null,
  state        text collate "C" not null,
  unique_tag   text collate "C" not null,
  line         text collate "C" not null,
  precedence   text collate "C" not null,
  hotfix       integer not null,
  content      text not null,
  standing     text not null,
  primary key (pipeline, id)
);
create unique index release_pipeline_version_tag on release_pipeline_version (pipeline, unique_tag) where state <> 'DISCARDED';
create index release_pipeline_version_line on release_pipeline_version (pipeline, line, precedence, id) where state <> 'DISCARDED';
create index release_pipeline_version_hotfix on release_pipeline_version (pipeline, line, created_at, id) where hotfix = 1 and state <> 'DISCARDED';
create index release_pipeline_version_newest on release_pipeline_version (pipeline, created_at, id) where state <> 'DISCARDED';
create index release_pipeline_version_state on release_pipeline_version (pipeline, state, created_at, id);
create index release_pipeline_version_author on release_pipeline_version (pipeline, author, created_at, id);

-- What changed in a version, in parts of some hundred items: compressed canonical JSON.
create table release_pipeline_version_change (
  pipeline text collate "C" not null,
  version  text collate "C" not null,
  part     integer not null,
  changes  bytea not null,
  primary key (pipeline, version, part)
);

-- The signed statement about a version; payload: compressed.
create table release_pipeline_attestation (
  pipeline     text collate "C" not null,
  version      text collate "C" not null,
  payload_type text not null,
  payload      bytea not null,
  signatures   text not null,
  primary key (pipeline, version)
);

create table release_pipeline_release (
  pipeline     text collate "C" not null,
  id           text collate "C" not null,
  revision     bigint not null,
  chain_length bigint not null,
  chain_hash   text collate "C" not null,
  created_at   bigint not null,
  finished_at  bigint,
  author       text collate "C" not null,
  environment  text collate "C" not null,
  state        text collate "C" not null,
  document     text not null,
  primary key (pipeline, id)
) with (fillfactor = 50);
create index release_pipeline_release_newest on release_pipeline_release (pipeline, created_at, id);
create index release_pipeline_release_environment on release_pipeline_release (pipeline, environment, created_at, id);
create index release_pipeline_release_state on release_pipeline_release (pipeline, state, created_at, id);
create index release_pipeline_release_author on release_pipeline_release (pipeline, author, created_at, id);
create index release_pipeline_release_finished on release_pipeline_release (pipeline, finished_at) where finished_at is not null;

create table release_pipeline_environment (
  pipeline     text collate "C" not null,
  id           text collate "C" not null,
  revision     bigint not null,
  chain_length bigint not null,
  chain_hash   text collate "C" not null,
  document     text not null,
  primary key (pipeline, id)
) with (fillfactor = 20);

create table release_pipeline_sync_point (
  pipeline     text collate "C" not null,
  id           text collate "C" not null,
  revision     bigint not null,
  chain_length bigint not null,
  chain_hash   text collate "C" not null,
  document     text not null,
  primary key (pipeline, id)
);

-- A manifest is a list of chunks, a chunk some hundred lines of it, compressed: versions share what did not change.
create table release_pipeline_manifest (
  pipeline text collate "C" not null,
  digest   text collate "C" not null,
  items    integer not null,
  chunks   text not null,
  primary key (pipeline, digest)
);

create table release_pipeline_manifest_chunk (
  pipeline text collate "C" not null,
  digest   text collate "C" not null,
  lines    bytea not null,
  primary key (pipeline, digest)
);

-- The audit trail: rows are added and never touched again.
create table release_pipeline_audit (
  position  bigint generated always as identity,
  pipeline  text collate "C" not null,
  subject   text collate "C" not null,
  sequence  bigint not null,
  event     text collate "C" not null,
  canonical text not null,
  hash      text collate "C" not null,
  primary key (pipeline, position),
  unique (pipeline, subject, sequence)
);
create index release_pipeline_audit_event on release_pipeline_audit (pipeline, event, position);

create table release_pipeline_release_log (
  pipeline   text collate "C" not null,
  release_id text collate "C" not null,
  sequence   bigint not null,
  at         bigint not null,
  entry      text not null,
  primary key (pipeline, release_id, sequence)
);
create index release_pipeline_release_log_oldest on release_pipeline_release_log (pipeline, at);

-- Letters that wait, and buried ones, numbered as they were buried. The record itself is in the audit trail.
create table release_pipeline_letter (
  position bigint generated always as identity primary key,
  pipeline text collate "C" not null,
  sink     text collate "C" not null,
  subject  text collate "C" not null,
  sequence bigint not null,
  due_at   bigint not null,
  tries    integer not null,
  buried   bigint not null,
  error    text,
  unique (pipeline, sink, subject, sequence)
);
create index release_pipeline_letter_waiting on release_pipeline_letter (pipeline, sink, position) where buried = 0;
create unique index release_pipeline_letter_buried on release_pipeline_letter (pipeline, buried) where buried > 0;

create function release_pipeline_refuse() returns trigger language plpgsql as $$
begin
  raise exception using errcode = 'restrict_violation', message = tg_argv[0];
end;
$$;

-- A statement that has to concern one row makes its whole transaction fail if it concerns none: then somebody else was first.
create function release_pipeline_demand_one(rows bigint) returns void language plpgsql as $$
begin
  if rows is distinct from 1 then
    raise exception using errcode = 'serialization_failure', message = 'Somebody else was first';
  end if;
end;
$$;

create trigger release_pipeline_audit_append_only before update or delete on release_pipeline_audit
  for each row execute function release_pipeline_refuse('The audit trail is append only');
create trigger release_pipeline_audit_no_truncate before truncate on release_pipeline_audit
  for each statement execute function release_pipeline_refuse('The audit trail is append only');

create trigger release_pipeline_version_immutable before update on release_pipeline_version
  for each row when (old.state in ('PUBLISHED', 'DEPRECATED', 'BLOCKED') and (
    new.pipeline <> old.pipeline or new.id <> old.id or new.content <> old.content or new.unique_tag <> old.unique_tag
    or new.line <> old.line or new.precedence <> old.precedence or new.hotfix <> old.hotfix
    or new.created_at <> old.created_at or new.author <> old.author
    or new.state not in ('PUBLISHED', 'DEPRECATED', 'BLOCKED')))
  execute function release_pipeline_refuse('A published version is immutable');
-- Its standing says who delivered it and its state, which is the row's own. A state lasts or becomes a graver one; what was
-- said of it and when it was published stays.
create function release_pipeline_version_standing() returns trigger language plpgsql as $$
declare
  message constant text := 'A published version is immutable, and its state is never taken back';
  before json;
  after json;
begin
  begin
    before := ('{"":0' || old.standing)::json;
    after := ('{"":0' || new.standing)::json;
  exception when invalid_text_representation then
    raise exception using errcode = 'restrict_violation', message = message;
  end;
  if exists (select 1 from json_object_keys(after) part where part not in ('', 'deliveredBy', 'state'))
    or (select count(*) from json_object_keys(after) part where part = 'deliveredBy') > 1
    or (select count(*) from json_object_keys(after) part where part = 'state') <> 1
    or upper(after -> 'state' ->> 'kind') is distinct from new.state
    or not (new.state = old.state or old.state = 'PUBLISHED' or new.state = 'BLOCKED')
    or (new.state = old.state and (after -> 'state')::text is distinct from (before -> 'state')::text)
    or coalesce(after -> 'state' ->> 'publishedAt', after -> 'state' ->> 'at')
      is distinct from coalesce(before -> 'state' ->> 'publishedAt', before -> 'state' ->> 'at')
    or (after -> 'deliveredBy')::text is distinct from coalesce(before -> 'deliveredBy', after -> 'deliveredBy')::text
    or new.chain_length < old.chain_length
  then
    raise exception using errcode = 'restrict_violation', message = message;
  end if;
  return new;
end;
$$;
create trigger release_pipeline_version_standing before update on release_pipeline_version
  for each row when (old.state in ('PUBLISHED', 'DEPRECATED', 'BLOCKED'))
  execute function release_pipeline_version_standing();

create trigger release_pipeline_version_no_delete before delete on release_pipeline_version
  for each row when (old.state in ('PUBLISHED', 'DEPRECATED', 'BLOCKED'))
  execute function release_pipeline_refuse('A published version cannot be deleted');
create trigger release_pipeline_version_no_truncate before truncate on release_pipeline_version
  for each statement execute function release_pipeline_refuse('A published version cannot be deleted');

create trigger release_pipeline_version_change_fixed before update or delete on release_pipeline_version_change
  for each row execute function release_pipeline_refuse('What changed in a version is immutable');
-- They are all there before the version is.
create function release_pipeline_version_change_no_more() returns trigger language plpgsql set search_path from current as $$
begin
  if exists (select 1 from release_pipeline_version v where v.pipeline = new.pipeline and v.id = new.version) then
    raise exception using errcode = 'restrict_violation', message = 'What changed in a version is immutable: nothing is added to it';
  end if;
  return new;
end;
$$;
create trigger release_pipeline_version_change_no_more before insert on release_pipeline_version_change
  for each row execute function release_pipeline_version_change_no_more();
create trigger release_pipeline_version_change_no_truncate before truncate on release_pipeline_version_change
  for each statement execute function release_pipeline_refuse('What changed in a version is immutable');

create trigger release_pipeline_manifest_fixed before update or delete on release_pipeline_manifest
  for each row execute function release_pipeline_refuse('A manifest is immutable');
create trigger release_pipeline_manifest_no_truncate before truncate on release_pipeline_manifest
  for each statement execute function release_pipeline_refuse('A manifest is immutable');
create trigger release_pipeline_manifest_chunk_fixed before update or delete on release_pipeline_manifest_chunk
  for each row execute function release_pipeline_refuse('A manifest is immutable');
create trigger release_pipeline_manifest_chunk_no_truncate before truncate on release_pipeline_manifest_chunk
  for each statement execute function release_pipeline_refuse('A manifest is immutable');

create trigger release_pipeline_attestation_fixed before update or delete on release_pipeline_attestation
  for each row execute function release_pipeline_refuse('An attestation is immutable');
create trigger release_pipeline_attestation_no_truncate before truncate on release_pipeline_attestation
  for each statement execute function release_pipeline_refuse('An attestation is immutable');

-- A version is attested when it is published, and not later.
create function release_pipeline_attestation_no_more() returns trigger language plpgsql set search_path from current as $$
begin
  if exists (
    select 1 from release_pipeline_version v
      where v.pipeline = new.pipeline and v.id = new.version and v.state in ('PUBLISHED', 'DEPRECATED', 'BLOCKED')) then
    raise exception using errcode = 'restrict_violation', message = 'A published version is immutable: no attestation is added to it';
  end if;
  return new;
end;
$$;
create trigger release_pipeline_attestation_no_more before insert on release_pipeline_attestation
  for each row execute function release_pipeline_attestation_no_more();

-- What figures are made of. at: microseconds; took: microseconds.
create table release_pipeline_fact (
  pipeline    text collate "C" not null,
  subject     text collate "C" not null,
  kind        text collate "C" not null,
  part        text collate "C" not null,
  environment text collate "C" not null,
  at          bigint not null,
  took        bigint not null,
  primary key (pipeline, subject, kind, part)
);
create index release_pipeline_fact_newest on release_pipeline_fact (pipeline, kind, at, subject, part);
create index release_pipeline_fact_environment on release_pipeline_fact (pipeline, environment, kind, at, subject, part);

-- The facts of a day of UTC, counted by how long they took: each class reaches a tenth higher than the one before.
create table release_pipeline_tally (
  pipeline    text collate "C" not null,
  day         integer not null,
  environment text collate "C" not null,
  kind        text collate "C" not null,
  class       integer not null,
  facts       bigint not null,
  took        bigint not null,
  primary key (pipeline, day, environment, kind, class)
);

-- Checkpoints of the audit trail, and the heads of chains that they seal. upto: how far the trail was seen.
create table release_pipeline_checkpoint (
  pipeline  text collate "C" not null,
  number    bigint not null,
  made_at   bigint not null,
  heads     bigint not null,
  root      text collate "C" not null,
  previous  text collate "C" not null,
  canonical text not null,
  hash      text collate "C" not null,
  upto      bigint not null,
  primary key (pipeline, number)
);

create table release_pipeline_seal (
  pipeline   text collate "C" not null,
  subject    text collate "C" not null,
  length     bigint not null,
  hash       text collate "C" not null,
  checkpoint bigint not null,
  primary key (pipeline, subject, length)
);
create unique index release_pipeline_seal_of on release_pipeline_seal (pipeline, checkpoint, subject);

create trigger release_pipeline_checkpoint_append_only before update or delete on release_pipeline_checkpoint
  for each row execute function release_pipeline_refuse('A checkpoint is immutable');
create trigger release_pipeline_checkpoint_no_truncate before truncate on release_pipeline_checkpoint
  for each statement execute function release_pipeline_refuse('A checkpoint is immutable');

create trigger release_pipeline_seal_append_only before update or delete on release_pipeline_seal
  for each row execute function release_pipeline_refuse('A seal is immutable');
create trigger release_pipeline_seal_no_truncate before truncate on release_pipeline_seal
  for each statement execute function release_pipeline_refuse('A seal is immutable');
