-- The store of a release pipeline, on SQLite.
-- Times are microseconds since 1970-01-01T00:00:00Z. A document is the whole snapshot as canonical JSON; the other columns
-- repeat what is looked up, filtered and sorted by. Texts that may hold anything are escaped as in JSON.

-- place: number and repository so that they sort.
create table release_pipeline_pull_request (
  pipeline     text not null,
  id           text not null,
  revision     bigint not null,
  chain_length bigint not null,
  chain_hash   text not null,
  created_at   bigint not null,
  place        text not null,
  author       text not null,
  status       text not null,
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
  pipeline     text not null,
  label        text not null,
  pull_request text not null,
  primary key (pipeline, label, pull_request)
);
create index release_pipeline_pull_request_label_of on release_pipeline_pull_request_label (pipeline, pull_request);

create table release_pipeline_pull_request_item (
  pipeline     text not null,
  path         text not null,
  pull_request text not null,
  primary key (pipeline, path, pull_request)
);
create index release_pipeline_pull_request_item_of on release_pipeline_pull_request_item (pipeline, pull_request);

create table release_pipeline_change_set (
  pipeline     text not null,
  id           text not null,
  revision     bigint not null,
  chain_length bigint not null,
  chain_hash   text not null,
  created_at   bigint not null,
  author       text not null,
  state        text not null,
  document     text not null,
  primary key (pipeline, id)
);
create index release_pipeline_change_set_newest on release_pipeline_change_set (pipeline, created_at, id);
create index release_pipeline_change_set_state on release_pipeline_change_set (pipeline, state, created_at, id);
create index release_pipeline_change_set_author on release_pipeline_change_set (pipeline, author, created_at, id);

-- Members of sets that are not abandoned: a pull request is in one of them at most.
create table release_pipeline_change_set_member (
  pipeline     text not null,
  pull_request bigint not null,
  change_set   text not null,
  primary key (pipeline, pull_request)
);
create index release_pipeline_change_set_member_of on release_pipeline_change_set_member (pipeline, change_set);

-- What automatic rules do with a merge.
create table release_pipeline_automation (
  pipeline     text not null,
  id           text not null,
  revision     bigint not null,
  chain_length bigint not null,
  chain_hash   text not null,
  merged_at    bigint not null,
  state        text not null,
  document     text not null,
  primary key (pipeline, id)
);
create index release_pipeline_automation_under_way on release_pipeline_automation (pipeline, merged_at, id) where state in ('VERSIONING', 'DEPLOYING');

-- precedence: the number as a text that sorts as numbers do; content: the part of the document that is fixed for ever once the version is published; standing: the rest of it.
create table release_pipeline_version (
  pipeline     text not null,
  id           text not null,
  revision     bigint not null,
  chain_length bigint not null,
  chain_hash   text not null,
  created_at   bigint not null,
  author       text not null,
  state        text not null,
  unique_tag   text not null,
  line         text not null,
  precedence   text not null,
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
  pipeline text not null,
  version  text not null,
  part     integer not null,
  changes  blob not null,
  primary key (pipeline, version, part)
);

-- The signed statement about a version; payload: compressed.
create table release_pipeline_attestation (
  pipeline     text not null,
  version      text not null,
  payload_type text not null,
  payload      blob not null,
  signatures   text not null,
  primary key (pipeline, version)
);

create table release_pipeline_release (
  pipeline     text not null,
  id           text not null,
  revision     bigint not null,
  chain_length bigint not null,
  chain_hash   text not null,
  created_at   bigint not null,
  finished_at  bigint,
  author       text not null,
  environment  text not null,
  state        text not null,
  document     text not null,
  primary key (pipeline, id)
);
create index release_pipeline_release_newest on release_pipeline_release (pipeline, created_at, id);
create index release_pipeline_release_environment on release_pipeline_release (pipeline, environment, created_at, id);
create index release_pipeline_release_state on release_pipeline_release (pipeline, state, created_at, id);
create index release_pipeline_release_author on release_pipeline_release (pipeline, author, created_at, id);
create index release_pipeline_release_finished on release_pipeline_release (pipeline, finished_at);

create table release_pipeline_environment (
  pipeline     text not null,
  id           text not null,
  revision     bigint not null,
  chain_length bigint not null,
  chain_hash   text not null,
  document     text not null,
  primary key (pipeline, id)
);

create table release_pipeline_sync_point (
  pipeline     text not null,
  id           text not null,
  revision     bigint not null,
  chain_length bigint not null,
  chain_hash   text not null,
  document     text not null,
  primary key (pipeline, id)
);

-- A manifest is a list of chunks, a chunk some hundred lines of it, compressed: versions share what did not change.
create table release_pipeline_manifest (
  pipeline text not null,
  digest   text not null,
  items    integer not null,
  chunks   text not null,
  primary key (pipeline, digest)
);

create table release_pipeline_manifest_chunk (
  pipeline text not null,
  digest   text not null,
  lines    blob not null,
  primary key (pipeline, digest)
);

-- The audit trail: rows are added and never touched again.
create table release_pipeline_audit (
  position  integer primary key autoincrement,
  pipeline  text not null,
  subject   text not null,
  sequence  bigint not null,
  event     text not null,
  canonical text not null,
  hash      text not null,
  unique (pipeline, subject, sequence)
);
create index release_pipeline_audit_newest on release_pipeline_audit (pipeline, position);
create index release_pipeline_audit_event on release_pipeline_audit (pipeline, event, position);

create table release_pipeline_release_log (
  pipeline   text not null,
  release_id text not null,
  sequence   bigint not null,
  at         integer not null,
  entry      text not null,
  primary key (pipeline, release_id, sequence)
);
create index release_pipeline_release_log_oldest on release_pipeline_release_log (pipeline, at);

-- Letters that wait, and buried ones, numbered as they were buried. The record itself is in the audit trail.
create table release_pipeline_letter (
  position integer primary key autoincrement,
  pipeline text not null,
  sink     text not null,
  subject  text not null,
  sequence bigint not null,
  due_at   bigint not null,
  tries    integer not null,
  buried   bigint not null,
  error    text,
  unique (pipeline, sink, subject, sequence)
);
create index release_pipeline_letter_waiting on release_pipeline_letter (pipeline, sink, position) where buried = 0;
create unique index release_pipeline_letter_buried on release_pipeline_letter (pipeline, buried) where buried > 0;

create trigger release_pipeline_audit_no_update before update on release_pipeline_audit
begin
  select raise(abort, 'The audit trail is append only');
end;

create trigger release_pipeline_audit_no_delete before delete on release_pipeline_audit
begin
  select raise(abort, 'The audit trail is append only');
end;

-- "insert or replace" deletes without asking the triggers for deletions; also by the hidden rowid, where one is given.
create trigger release_pipeline_audit_no_replace before insert on release_pipeline_audit
when exists (
  select 1 from release_pipeline_audit a where a.position = new.position
  union all select 1 from release_pipeline_audit a
    where a.pipeline = new.pipeline and a.subject = new.subject and a.sequence = new.sequence)
begin
  select raise(abort, 'A record of the audit trail is never replaced');
end;

create trigger release_pipeline_version_no_replace before insert on release_pipeline_version
when exists (
  select 1 from release_pipeline_version v where v.rowid = new.rowid and v.state in ('PUBLISHED', 'DEPRECATED', 'BLOCKED')
  union all select 1 from release_pipeline_version v
    where v.pipeline = new.pipeline and v.id = new.id and v.state in ('PUBLISHED', 'DEPRECATED', 'BLOCKED')
  union all select 1 from release_pipeline_version v
    where v.pipeline = new.pipeline and v.unique_tag = new.unique_tag and v.state <> 'DISCARDED'
    and new.state <> 'DISCARDED' and v.state in ('PUBLISHED', 'DEPRECATED', 'BLOCKED'))
begin
  select raise(abort, 'A published version is never replaced');
end;

-- So does "update or replace" with the row that is in its way.
create trigger release_pipeline_version_no_replace_by_update before update on release_pipeline_version
when exists (
  select 1 from release_pipeline_version v where v.rowid = new.rowid and v.rowid <> old.rowid and v.state in ('PUBLISHED', 'DEPRECATED', 'BLOCKED')
  union all select 1 from release_pipeline_version v
    where v.pipeline = new.pipeline and v.id = new.id and v.rowid <> old.rowid and v.state in ('PUBLISHED', 'DEPRECATED', 'BLOCKED')
  union all select 1 from release_pipeline_version v
    where v.pipeline = new.pipeline and v.unique_tag = new.unique_tag and v.state <> 'DISCARDED'
    and new.state <> 'DISCARDED' and v.rowid <> old.rowid and v.state in ('PUBLISHED', 'DEPRECATED', 'BLOCKED'))
begin
  select raise(abort, 'A published version is never replaced');
end;

create trigger release_pipeline_version_immutable before update on release_pipeline_version
when old.state in ('PUBLISHED', 'DEPRECATED', 'BLOCKED') and (
  new.pipeline <> old.pipeline or new.id <> old.id or new.content <> old.content or new.unique_tag <> old.unique_tag
  or new.line <> old.line or new.precedence <> old.precedence or new.hotfix <> old.hotfix
  or new.created_at <> old.created_at or new.author <> old.author
  or new.state not in ('PUBLISHED', 'DEPRECATED', 'BLOCKED'))
begin
  select raise(abort, 'A published version is immutable');
end;

-- Its standing says who delivered it and its state, which is the row's own. A state lasts or becomes a graver one; what was
-- said of it and when it was published stays.
create trigger release_pipeline_version_standing before update on release_pipeline_version
when old.state in ('PUBLISHED', 'DEPRECATED', 'BLOCKED') and case when json_valid('{"":0' || new.standing) then
  exists (select 1 from json_each('{"":0' || new.standing) part where part.key not in ('', 'deliveredBy', 'state'))
  or (select count(*) from json_each('{"":0' || new.standing) part where part.key = 'deliveredBy') > 1
  or (select count(*) from json_each('{"":0' || new.standing) part where part.key = 'state') <> 1
  or upper(json_extract('{"":0' || new.standing, '$.state.kind')) is not new.state
  or not (new.state = old.state or old.state = 'PUBLISHED' or new.state = 'BLOCKED')
  or (new.state = old.state and json_extract('{"":0' || new.standing, '$.state') is not json_extract('{"":0' || old.standing, '$.state'))
  or coalesce(json_extract('{"":0' || new.standing, '$.state.publishedAt'), json_extract('{"":0' || new.standing, '$.state.at'))
    is not coalesce(json_extract('{"":0' || old.standing, '$.state.publishedAt'), json_extract('{"":0' || old.standing, '$.state.at'))
  or json_extract('{"":0' || new.standing, '$.deliveredBy') is not coalesce(json_extract('{"":0' || old.standing, '$.deliveredBy'), json_extract('{"":0' || new.standing, '$.deliveredBy'))
  or new.chain_length < old.chain_length
  else true end
begin
  select raise(abort, 'A published version is immutable, and its state is never taken back');
end;

create trigger release_pipeline_version_no_delete before delete on release_pipeline_version
when old.state in ('PUBLISHED', 'DEPRECATED', 'BLOCKED')
begin
  select raise(abort, 'A published version cannot be deleted');
end;

create trigger release_pipeline_version_change_no_update before update on release_pipeline_version_change
begin
  select raise(abort, 'What changed in a version is immutable');
end;

create trigger release_pipeline_version_change_no_delete before delete on release_pipeline_version_change
begin
  select raise(abort, 'What changed in a version is immutable');
end;

create trigger release_pipeline_manifest_no_update before update on release_pipeline_manifest
begin
  select raise(abort, 'A manifest is immutable');
end;

create trigger release_pipeline_manifest_no_delete before delete on release_pipeline_manifest
begin
  select raise(abort, 'A manifest is immutable');
end;

create trigger release_pipeline_manifest_chunk_no_update before update on release_pipeline_manifest_chunk
begin
  select raise(abort, 'A manifest is immutable');
end;

create trigger release_pipeline_manifest_chunk_no_delete before delete on release_pipeline_manifest_chunk
begin
  select raise(abort, 'A manifest is immutable');
end;

create trigger release_pipeline_attestation_no_update before update on release_pipeline_attestation
begin
  select raise(abort, 'An attestation is immutable');
end;

create trigger release_pipeline_attestation_no_delete before delete on release_pipeline_attestation
begin
  select raise(abort, 'An attestation is immutable');
end;

create trigger release_pipeline_version_change_no_replace before insert on release_pipeline_version_change
when exists (
  select 1 from release_pipeline_version_change c where c.rowid = new.rowid
  union all select 1 from release_pipeline_version_change c
    where c.pipeline = new.pipeline and c.version = new.version and c.part = new.part)
begin
  select raise(abort, 'What changed in a version is never replaced');
end;

-- They are all there before the version is.
create trigger release_pipeline_version_change_no_more before insert on release_pipeline_version_change
when exists (select 1 from release_pipeline_version v where v.pipeline = new.pipeline and v.id = new.version)
begin
  select raise(abort, 'What changed in a version is immutable: nothing is added to it');
end;

-- A version is attested when it is published, and not later.
create trigger release_pipeline_attestation_no_more before insert on release_pipeline_attestation
when exists (
  select 1 from release_pipeline_version v
    where v.pipeline = new.pipeline and v.id = new.version and v.state in ('PUBLISHED', 'DEPRECATED', 'BLOCKED'))
begin
  select raise(abort, 'A published version is immutable: no attestation is added to it');
end;

-- The same manifest may be kept again.
create trigger release_pipeline_manifest_no_replace before insert on release_pipeline_manifest
when exists (
  select 1 from release_pipeline_manifest m where m.rowid = new.rowid
  union all select 1 from release_pipeline_manifest m
    where m.pipeline = new.pipeline and m.digest = new.digest and (m.chunks <> new.chunks or m.items <> new.items))
begin
  select raise(abort, 'A manifest is never replaced');
end;

create trigger release_pipeline_manifest_chunk_no_replace before insert on release_pipeline_manifest_chunk
when exists (
  select 1 from release_pipeline_manifest_chunk c where c.rowid = new.rowid
  union all select 1 from release_pipeline_manifest_chunk c
    where c.pipeline = new.pipeline and c.digest = new.digest and c.lines <> new.lines)
begin
  select raise(abort, 'A manifest is never replaced');
end;

create trigger release_pipeline_attestation_no_replace before insert on release_pipeline_attestation
when exists (
  select 1 from release_pipeline_attestation a where a.rowid = new.rowid
  union all select 1 from release_pipeline_attestation a where a.pipeline = new.pipeline and a.version = new.version)
begin
  select raise(abort, 'An attestation is never replaced');
end;

-- What figures are made of. at: microseconds; took: microseconds.
create table release_pipeline_fact (
  pipeline    text not null,
  subject     text not null,
  kind        text not null,
  part        text not null,
  environment text not null,
  at          integer not null,
  took        integer not null,
  primary key (pipeline, subject, kind, part)
);
create index release_pipeline_fact_newest on release_pipeline_fact (pipeline, kind, at, subject, part);
create index release_pipeline_fact_environment on release_pipeline_fact (pipeline, environment, kind, at, subject, part);

-- The facts of a day of UTC, counted by how long they took: each class reaches a tenth higher than the one before.
create table release_pipeline_tally (
  pipeline    text not null,
  day         integer not null,
  environment text not null,
  kind        text not null,
  class       integer not null,
  facts       integer not null,
  took        integer not null,
  primary key (pipeline, day, environment, kind, class)
);

-- Checkpoints of the audit trail, and the heads of chains that they seal. upto: how far the trail was seen.
create table release_pipeline_checkpoint (
  pipeline  text not null,
  number    integer not null,
  made_at   integer not null,
  heads     integer not null,
  root      text not null,
  previous  text not null,
  canonical text not null,
  hash      text not null,
  upto      integer not null,
  primary key (pipeline, number)
);

create table release_pipeline_seal (
  pipeline   text not null,
  subject    text not null,
  length     integer not null,
  hash       text not null,
  checkpoint integer not null,
  primary key (pipeline, subject, length)
);
create unique index release_pipeline_seal_of on release_pipeline_seal (pipeline, checkpoint, subject);

create trigger release_pipeline_checkpoint_no_update before update on release_pipeline_checkpoint
begin
  select raise(abort, 'A checkpoint is immutable');
end;

create trigger release_pipeline_checkpoint_no_delete before delete on release_pipeline_checkpoint
begin
  select raise(abort, 'A checkpoint is immutable');
end;

create trigger release_pipeline_checkpoint_no_replace before insert on release_pipeline_checkpoint
when exists (
  select 1 from release_pipeline_checkpoint c where c.rowid = new.rowid
  union all select 1 from release_pipeline_checkpoint c where c.pipeline = new.pipeline and c.number = new.number)
begin
  select raise(abort, 'A checkpoint is never replaced');
end;

create trigger release_pipeline_seal_no_update before update on release_pipeline_seal
begin
  select raise(abort, 'A seal is immutable');
end;

create trigger release_pipeline_seal_no_delete before delete on release_pipeline_seal
begin
  select raise(abort, 'A seal is immutable');
end;

create trigger release_pipeline_seal_no_replace before insert on release_pipeline_seal
when exists (
  select 1 from release_pipeline_seal s where s.rowid = new.rowid
  union all select 1 from release_pipeline_seal s where s.pipeline = new.pipeline and s.subject = new.subject and s.length = new.length
  union all select 1 from release_pipeline_seal s
    where s.pipeline = new.pipeline and s.checkpoint = new.checkpoint and s.subject = new.subject)
begin
  select raise(abort, 'A seal is never replaced');
end;
