#!/usr/bin/env bash
# Shows what retry policies do, with real processes, on a running `faultline up`. See README.md beside this file.
#
#   demo.sh [STEP…]     steps: memory, waits, user-error, limit, shadow, kill-switch; all of them unless named
#
# FAULTLINE is the command, the one of this checkout unless set. Fails where something is not as it is told.
set -euo pipefail

. "$(dirname -- "${BASH_SOURCE[0]}")/../demonstration.sh"
second_up= # the process of the step kill-switch
trap 'end_second_up; rm -rf "$tmp"' EXIT

# For awk: the first value of a key in a line of JSON; seconds between two times of a day.
readonly AWK='
  function of(key,   value) {
    if (!match($0, "\"" key "\":(\"[^\"]*\"|[^\",{}]+)")) return ""
    value = substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 3)
    gsub(/^"|"$/, "", value)
    return value
  }
  function second(time) { return substr(time, 12, 2) * 3600 + substr(time, 15, 2) * 60 + substr(time, 18) }
  function between(from, to) { return (second(to) - second(from) + 86400) % 86400 }'

# submits QUEUE FILE: waits until the job has ended. Leaves $job, and its $events and $decisions, files of JSON lines.
submits() {
  tell "\$ faultline submit -f $2"
  job=$("$FAULTLINE" submit -f "$2" -o jsonl | awk "$AWK"'{ print of("jobId") }')
  subject="job $job"
  events=$tmp/$job.events
  decisions=$tmp/$job.decisions
  "$FAULTLINE" watch "$1" retries-demo --job "$job" -o jsonl > "$events"
  awk "$AWK"'
    of("type") == "failed" {
      printf "     run %d failed: %s, %s/%s; %s\n", of("runIndex"), of("reason"), of("category"), of("subcategory"),
        of("retryable") == "true" ? "it is tried again" : "it is the last"
    }
    of("type") == "retryScheduled" {
      printf "     run %d is due at %s, %.3f s later\n", of("nextRunIndex"), of("dueAt"), between(of("at"), of("dueAt"))
    }
    of("type") == "leased" { leased = of("at") }
    of("type") == "succeeded" { printf "     run %d, which began at %s, succeeded\n", of("runIndex"), leased }' "$events"
  decided
}

# A decision is in the database a moment after its event. Shows what mattered of each, and the rule's name for it.
decided() {
  local i failures
  failures=$(count "$events" '"type":"failed"')
  for ((i = 0; i < 120; i++)); do
    "$FAULTLINE" get decisions --job-id "$job" -o jsonl > "$decisions"
    if [ "$(count "$decisions" '"runId"')" -ge "$failures" ]; then
      tell "\$ faultline describe job $job | grep …"
      "$FAULTLINE" describe job "$job" |
        grep -E '^(Run|  Decision|    (Policy|Next run):|    [+] [^ ]*[.]on[A-Z]|    [+] backoff|    - [^ ]*([lL]imit|[aA]ction))' |
        sed 's/^/     /'
      return
    fi
    sleep 0.5
  done
  wrong "the decisions of job $job are missing: $(count "$decisions" '"runId"') of $failures"
}

prepare() {
  faultline lint -f categories.yaml -f policies.yaml -f queues.yaml
  faultline apply --wait -f categories.yaml -f policies.yaml -f queues.yaml
}

memory() {
  title "Out of memory, then a retry with 1.5 times the memory that passes"
  tell "The job asks for 64Mi and takes about 80 MiB. The rule more-memory says: memory: {factor: 1.5, max: 1Gi}."
  submits retries jobs/out-of-memory.yaml
  events_have 1 '"type":"failed"'
  events_have 1 '"type":"failed"' '"reason":"OOMKilled"' '"retryable":true' '"category":"resources"'
  events_have 1 '"type":"succeeded"' '"runIndex":1'
  decisions_have 1 '"name":"more-memory"' '"factor":1.5' '"message":"matched rule: Retry"'
  passed "memory: killed with 64Mi, passed with 96Mi"
}

waits() {
  title "Three transient failures with growing waits, then a pass"
  tell "The rule transient says: backoff: {initial: 1s, factor: 2}. The job passes at its fourth run."
  submits retries jobs/transient.yaml
  events_have 3 '"type":"failed"'
  events_have 3 '"type":"failed"' '"retryable":true' '"category":"transient"'
  events_have 1 '"type":"succeeded"' '"runIndex":3'
  decisions_have 3 '"name":"transient"' '"message":"matched rule: Retry"'
  local told
  told=$(awk "$AWK"'
    of("type") == "retryScheduled" { waits = waits " " int(between(of("at"), of("dueAt")) * 1000 + 0.5); due = of("dueAt") }
    # a clock that stands still between two events is fine, one run before it is due is not
    of("type") == "leased" && due != "" && between(due, of("at")) > 43200 { early = early " early:" of("runIndex") }
    END { print "waits" waits early }' "$events")
  [ "$told" = "waits 1000 2000 4000" ] || wrong "job $job: $told instead of waits 1000 2000 4000 (ms), none early"
  passed "waits: 1 s, 2 s and 4 s; no run began before it was due; the fourth passed"
}

user-error() {
  title "A user's error is never retried"
  tell "The rule user-error says Fail: the policy has three retries left, and spends none."
  submits retries jobs/user-error.yaml
  events_have 1 '"type":"failed"'
  events_have 1 '"type":"failed"' '"retryable":false' '"category":"user-error"' '"subcategory":"missing-module"'
  events_have 0 '"type":"retryScheduled"'
  decisions_have 1 '"reason":"fail_rule"' '"name":"user-error"' '"message":"matched rule: Fail"'
  passed "user-error: one run, decided as fail_rule"
}

limit() {
  title "A limit is reached: MaxRunsExceeded, and the category of the last failure is kept"
  tell "The same failure as before, but it never passes. retryLimit: 3 makes four runs in all."
  submits retries jobs/never-passes.yaml
  events_have 4 '"type":"failed"'
  events_have 3 '"type":"failed"' '"retryable":true' '"category":"transient"'
  events_have 1 '"retryable":false' '"reason":"MaxRunsExceeded"' '"category":"transient"' '"subcategory":"network"' \
    '"policy":"retries"' '"message":"Retry policy: policy retry limit exceeded (3/3)\n'
  decisions_have 1 '"reason":"fail_policy_limit"'
  tell "The last event's text: $(sed -n 's/.*"message":"\(Retry policy: [^\\]*\).*/\1/p' "$events")"
  passed "limit: four runs, then MaxRunsExceeded with category transient/network"
}

shadow() {
  title "A policy in the shadow: what it would have done otherwise, and its promotion"
  tell "The queue retries-shadowed obeys the policy retries, and asks retries-next about each failure too."
  submits retries-shadowed jobs/service-away.yaml
  events_have 1 '"type":"failed"' '"retryable":false'
  decisions_have 1 '"reason":"fail_default"' '"agrees":false'
  local differs=$job
  tell "Both say of a user's error that it fails, so that it is not in the list of disagreements:"
  submits retries-shadowed jobs/user-error-shadowed.yaml
  decisions_have 1 '"reason":"fail_rule"' '"agrees":true'
  local agrees=$job
  faultline get decisions --queue retries-shadowed --shadow-policy retries-next --shadow-agrees false
  "$FAULTLINE" get decisions --shadow-policy retries-next --shadow-agrees false -o jsonl > "$tmp/disagreeing"
  [ "$(count "$tmp/disagreeing" "\"jobId\":\"$differs\"")" = 1 ] || wrong "job $differs is not among the disagreements"
  [ "$(count "$tmp/disagreeing" "\"jobId\":\"$agrees\"")" = 0 ] || wrong "job $agrees is among the disagreements"
  tell "The shadow is right: it waits for a service that is away. From now on it is the queue's policy:"
  faultline promote queue retries-shadowed --wait
  submits retries-shadowed jobs/service-away.yaml
  events_have 1 '"type":"failed"' '"retryable":true' '"policy":"retries-next"'
  events_have 1 '"type":"succeeded"' '"runIndex":1'
  decisions_have 1 '"reason":"retry"' '"name":"dependency"'
  passed "shadow: it disagreed about one failure of two; promoted, it has the job pass"
}

kill-switch() {
  title "The kill switch: retryPolicy.globalMaxRetries: 0"
  tell "A setting of the decider, so this starts a second Faultline in a temporary folder, and ends it afterwards:"
  tell "\$ faultline up --data DIR --set retryPolicy.globalMaxRetries=0"
  mkdir "$tmp/config"
  FAULTLINE_CONFIG=$tmp/config/client.properties
  export FAULTLINE_CONFIG
  unset FAULTLINE_SERVER FAULTLINE_TOKEN
  "$FAULTLINE" up --data "$tmp/data" --set retryPolicy.globalMaxRetries=0 > "$tmp/up.log" 2>&1 &
  second_up=$!
  until grep -q '^Faultline is up' "$tmp/up.log"; do
    kill -0 "$second_up" 2> /dev/null || wrong "it has ended:"$'\n'"$(cat "$tmp/up.log")"
    sleep 0.5
  done
  prepare
  tell "The job that passed at its fourth run has one now. Everything is decided and recorded all the same."
  submits retries jobs/transient.yaml
  events_have 1 '"type":"failed"'
  events_have 1 '"retryable":false' '"reason":"MaxRunsExceeded"' '"category":"transient"' \
    '"message":"Retry policy: global max retries is 0, retries disabled\n'
  decisions_have 1 '"reason":"fail_global_limit"' '"globalMaxRetries":0'
  end_second_up
  passed "kill-switch: no retry was granted, the decision is fail_global_limit, the category is kept"
}

end_second_up() {
  if [ -n "$second_up" ]; then
    kill "$second_up" 2> /dev/null || true
    wait "$second_up" 2> /dev/null || true
    second_up=
  fi
}

# The kill switch last: what follows it would ask the second Faultline.
choose "memory waits user-error limit shadow kill-switch" "$@"
title "The categories, policies and queues of this folder"
prepared=
for step in "${steps[@]}"; do
  if [ -z "$prepared" ] && [ "$step" != kill-switch ]; then
    prepare
    prepared=yes
  fi
  "$step"
done
printf '\nAll of it was as told.\n'
