-- How long retries wait, and what policies that run beside the ones in force would have decided.

alter table decisions
  add column backoff       jsonb,
  add column shadow        jsonb,
  add column shadow_policy text collate "C",
  add column shadow_agrees boolean;

create index decisions_shadow_disagrees on decisions (shadow_policy, at desc, job_id desc, run_id desc)
  where not shadow_agrees;

comment on column decisions.backoff is 'By what the wait before the retry is reckoned; null where it waits for nothing';
comment on column decisions.shadow is 'What the policy in the shadow would have decided, with its trace; null where there was none';
comment on column decisions.shadow_agrees is 'Whether the job would have gone on in the same way; null where there was none';
