#!/usr/bin/env bash
# Shows what becomes of sets of which a member fails, with real processes, on a running `faultline up`. See README.md beside this file.
#
#   demo.sh [STEP…]     steps: maintenance, bug, restart-one, limit; all of them unless named
#
# FAULTLINE is the command, the one of this checkout unless set. Fails where something is not as it is told.
set -euo pipefail

. "$(dirname -- "${BASH_SOURCE[0]}")/../demonstration.sh"
trap 'rm -rf "$tmp"' EXIT

# submits NAME: waits until the set has ended. Leaves $set, $state, and $events and $decisions, files of JSON lines.
submits() {
  local i
  tell "\$ faultline submit -f jobsets/$1.yaml"
  set=$("$FAULTLINE" submit -f "jobsets/$1.yaml" -o jsonl | sed -n 's/.*"setId":"\([^"]*\)".*/\1/p')
  [ -n "$set" ] || wrong "no set was made of $1"
  subject="set $set"
  for ((i = 0; i < 240; i++)); do
    state=$("$FAULTLINE" get sets -o jsonl | grep -F "\"$set\"" | sed -n 's/.*"state":"\([^"]*\)".*/\1/p')
    case $state in SUCCEEDED | FAILED | CANCELLED) break ;; esac
    sleep 0.5
  done
  events=$tmp/$1.events
  decisions=$tmp/$1.decisions
  "$FAULTLINE" watch sets "sets-demo-$1" --no-follow -o jsonl | grep -F "\"$set\"" > "$events"
  "$FAULTLINE" get decisions --job-set "sets-demo-$1" -o jsonl | grep -F "\"$set\"" > "$decisions" || true
  faultline describe set "$set"
}

ended() { [ "$state" = "$1" ] || wrong "$subject is $state and not $1"; }

maintenance() {
  title "A node's maintenance ends a worker: all start again, and no restart is counted"
  submits maintenance
  ended SUCCEEDED
  decisions_have 1 '"set"'
  decisions_have 1 '"blamed":"maintenance-workers-1"' '"outcome":"restartAll"' '"restarts":1' '"counted":0'
  events_have 8 '"type":"leased"' '"runIndex":0'
  events_have 8 '"type":"leased"' '"runIndex":1'
  events_have 8 '"type":"succeeded"'
  passed "maintenance: all eight started again once, with maxRestarts: 0"
}

bug() {
  title "A bug in a worker: the set fails at once and names it, the others are collateral"
  submits bug
  ended FAILED
  decisions_have 1 '"set"'
  decisions_have 1 '"blamed":"bug-workers-3"' '"outcome":"failed"' '"reason":"FailJobSetFailurePolicyAction"' \
    '"collateral":["bug-workers-4","bug-workers-5"]'
  events_have 8 '"type":"leased"'
  events_have 8 '"type":"failed"' '"retryable":false' 'bug-workers-3'
  passed "bug: one generation, and each of the eight is told who is to blame"
}

restart-one() {
  title "RestartJob: one worker starts again, the others run on"
  submits restart-one
  ended SUCCEEDED
  decisions_have 1 '"set"'
  decisions_have 1 '"blamed":"restart-one-workers-2"' '"outcome":"restartOne"' '"countedOfJobs":1'
  events_have 1 '"type":"leased"' '"runIndex":1'
  events_have 1 '"type":"failed"' '"retryable":true'
  events_have 8 '"type":"succeeded"'
  passed "restart-one: one of the eight ran twice"
}

limit() {
  title "A worker that fails each time: maxRestarts is reached"
  submits limit
  ended FAILED
  decisions_have 2 '"blamed":"limit-workers-0"'
  decisions_have 1 '"outcome":"restartAll"' '"reason":"DefaultFailurePolicy"' '"counted":1'
  decisions_have 1 '"outcome":"failed"' '"reason":"ReachedMaxRestarts"'
  events_have 8 '"type":"leased"' '"runIndex":1'
  events_have 8 '"type":"failed"' '"retryable":false' '"reason":"ReachedMaxRestarts"'
  passed "limit: two generations, then ReachedMaxRestarts"
}

choose "maintenance bug restart-one limit" "$@"
title "The queue of this folder"
faultline apply --wait -f queues.yaml
for step in "${steps[@]}"; do
  "$step"
done
printf '\nAll of it was as told.\n'
