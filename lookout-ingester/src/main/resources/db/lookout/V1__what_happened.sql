-- What happened, for asking questions: a view of the Kafka topics job-events, classified-errors and
-- decisions. The truth stays on the topics; every row here can be made again from them, and a row
-- that is written twice, or in another order, comes out the same.
--
-- Keys are an id and a time that both follow from the message alone, so that tables can be
-- partitioned by that time later. NULL means "nothing is known" or "there is none"; empty texts are
-- not stored. Texts that are keys or are compared are in byte order (collate "C").

create table jobs (
  job_id         text collate "C" not null,
  queue          text collate "C",
  job_set        text collate "C",
  gang_id        text collate "C",
  owner          text,
  state          text not null check (state in
                   ('queued', 'leased', 'pending', 'running', 'retrying',
                    'succeeded', 'failed', 'cancelled', 'preempted')),
  runs           integer not null,
  submitted_at   timestamptz,
  updated_at     timestamptz not null,
  ended_at       timestamptz,
  retry_at       timestamptz,
  kind           text,
  category       text collate "C" generated always as (failure_info ->> 'category') stored,
  subcategory    text collate "C" generated always as (failure_info ->> 'subcategory') stored,
  exit_code      integer generated always as ((failure_info ->> 'exitCode')::integer) stored,
  reason         text,
  message        text,
  policy         text,
  requested_by   text,
  failure_info   jsonb,
  state_sequence bigint not null,
  created_at     timestamptz not null,
  primary key (job_id, created_at)
) with (fillfactor = 80);

create index jobs_by_time on jobs (created_at desc, job_id desc);
create index jobs_by_set on jobs (queue, job_set, created_at desc);

comment on table jobs is 'One row a job of ours, as its events say';
comment on column jobs.state is 'retrying: a run failed and another is owed; queued: the first run is owed';
comment on column jobs.runs is 'Runs that were claimed so far';
comment on column jobs.retry_at is 'When the next run is due; only while retrying';
comment on column jobs.kind is 'Kind of evidence of the failure that ended the job, for example PodFailed';
comment on column jobs.reason is 'Of the end: one word for a failure, free text for a cancel or a preemption';
comment on column jobs.failure_info is 'Of the failure that ended the job, never of one that was tried again; those are on runs';
comment on column jobs.state_sequence is 'Sequence of the event that gave the state: an earlier event never overwrites it';
comment on column jobs.created_at is 'The time in the id (ULID or UUID version 7), else 1970-01-01; second half of the key';

create table runs (
  job_id           text collate "C" not null,
  run_id           text collate "C" not null,
  run_index        integer not null,
  state            text generated always as (
                     case
                       when outcome is not null then outcome
                       when failure_id is not null then 'failed'
                       when running_at is not null then 'running'
                       when pending_at is not null then 'pending'
                       when leased_at is not null then 'leased'
                       else 'unknown'
                     end) stored,
  cluster          text collate "C",
  executor         text collate "C",
  node             text collate "C",
  namespace        text collate "C",
  pod              text collate "C",
  leased_at        timestamptz,
  pending_at       timestamptz,
  running_at       timestamptz,
  ended_at         timestamptz,
  kind             text,
  category         text collate "C" generated always as (failure_info ->> 'category') stored,
  subcategory      text collate "C" generated always as (failure_info ->> 'subcategory') stored,
  exit_code        integer generated always as ((failure_info ->> 'exitCode')::integer) stored,
  reason           text,
  message          text,
  failure_info     jsonb,
  decision         text,
  retry            boolean,
  decision_message text,
  policy           text,
  decided_at       timestamptz,
  failure_id       text collate "C",
  failure_at       timestamptz,
  outcome          text check (outcome in ('succeeded', 'failed', 'cancelled', 'preempted')),
  outcome_sequence bigint,
  created_at       timestamptz not null,
  primary key (job_id, run_id, created_at)
) with (fillfactor = 80);

comment on table runs is 'One row an attempt of a job; also of jobs of others, where only their failures are known';
comment on column runs.state is 'Follows from the times and the outcome; unknown where only a decision has come so far';
comment on column runs.reason is 'Of its end, from the event: OOMKilled, LeaseExpired, …, or the text of a cancel';
comment on column runs.failure_info is 'This run''s own, whatever became of the job';
comment on column runs.decision is 'What was decided about its failure: reason in decisions';
comment on column runs.failure_id is 'Its counted failure: id in failures';
comment on column runs.outcome is 'How the job''s owner saw it end';
comment on column runs.created_at is 'The time in the job''s id, as in jobs';

create table failures (
  at                    timestamptz not null,
  id                    text collate "C" not null,
  job_id                text collate "C" not null,
  run_id                text collate "C" not null,
  run_index             integer not null,
  queue                 text collate "C",
  job_set               text collate "C",
  gang_id               text collate "C",
  kind                  text not null,
  category              text collate "C" generated always as (failure_info ->> 'category') stored,
  subcategory           text collate "C" generated always as (failure_info ->> 'subcategory') stored,
  exit_code             integer generated always as ((failure_info ->> 'exitCode')::integer) stored,
  cluster               text collate "C",
  executor              text collate "C",
  node                  text collate "C",
  namespace             text collate "C",
  pod                   text collate "C",
  message               text,
  failure_info          jsonb not null,
  evidence              jsonb not null,
  rule_category         text,
  rule_index            integer,
  pod_action            text not null,
  categories_name       text,
  categories_revision   bigint not null,
  counted               boolean not null,
  terminal              boolean not null,
  job_failures          bigint not null,
  job_category_failures bigint not null,
  primary key (id, at)
);

-- Pages are newest first, by (at, id). Lists show what was counted: the first terminal error of
-- each run; the others are evidence, found by their job. Within equal times the few rows are sorted
-- by id on the way, which keeps the id out of all indexes but the first.
create index failures_by_time on failures (at desc, id desc);
create index failures_by_category on failures (category, at desc) where counted;
create index failures_by_queue on failures (queue, at desc) where counted;
create index failures_by_set on failures (job_set, at desc) where counted;
create index failures_by_node on failures (node, at desc) where counted and node is not null;
create index failures_by_exit_code on failures (exit_code, at desc) where counted and exit_code is not null;
create index failures_by_job on failures (job_id);

comment on table failures is 'One row a reported failure, with its whole evidence';
comment on column failures.at is 'When it happened, by the reporter''s clock';
comment on column failures.id is 'The same on every redelivery of the same report';
comment on column failures.message is 'The text for people, with the hint';
comment on column failures.failure_info is 'Only fields that carry something; exitCode is a number';
comment on column failures.evidence is 'As reported, in the form that faultline decide --failure reads';
comment on column failures.categories_revision is 'The revision of the categories that classified it; 0 without categories';
comment on column failures.counted is 'False for repeats, later errors of the same run, and errors that did not end it';
comment on column failures.job_failures is 'Counted failures of the job, this one included';

create table decisions (
  at                  timestamptz not null,
  job_id              text collate "C" not null,
  run_id              text collate "C" not null,
  run_index           integer not null,
  queue               text collate "C",
  job_set             text collate "C",
  kind                text not null,
  retry               boolean not null,
  reason              text collate "C" not null,
  message             text,
  policy              text collate "C",
  policy_revision     bigint not null,
  rule_index          integer,
  rule_name           text,
  retries_used        integer not null,
  retry_limit         integer not null,
  global_max_retries  integer not null,
  mutations           jsonb,
  advice              boolean not null,
  categories_revision bigint not null,
  trace               jsonb not null,
  primary key (job_id, run_id, at)
);

create index decisions_by_time on decisions (at desc, job_id desc, run_id desc);

comment on table decisions is 'Every decision about a failed run, with how it came about';
comment on column decisions.reason is 'One word: retry, fail_rule, fail_policy_limit, …';
comment on column decisions.advice is 'The job is not ours: nothing was done';
comment on column decisions.trace is 'Each check in order: what was looked at, what it saw, what it asked for, whether it held';

create table ingest_offsets (
  topic       text not null,
  partition   integer not null,
  next_offset bigint not null,
  updated_at  timestamptz not null default now(),
  primary key (topic, partition)
);

comment on table ingest_offsets is 'The next offset to read; moved in the transaction of the rows, and only from the value that the writer saw, so that a writer that was replaced can''t write';
