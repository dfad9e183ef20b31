# Runs the containers of one run and writes what became of them to its folder, whether or not the
# executor lives. POSIX sh; called as: sh supervisor.sh RUNFOLDER. docs/executor-local.md has the
# files of a run's folder. Nothing of a pod spec is ever part of a command line of this shell:
# commands come from files, word for word (see begin), and are executed as they are.
set -u
run=$1
cd "$run" || exit 1

# record FILE TEXT: one whole line. Tried again while the disk is full, until the folder is gone.
record() {
  until printf '%s\n' "$2" 2>/dev/null >"$1"; do
    [ -d "$run" ] || exit 1
    sleep 1
  done
}

# because CAUSE GRACE: why the run must end. A hard link: it appears whole, and the first one wins.
because() {
  record "stop.$1" "$1 $2"
  ln "stop.$1" stop 2>/dev/null
  rm -f "stop.$1"
}

# started_of PID: when a process started, in the system's own count, into $started.
started_of() {
  started=-
  if [ -r "/proc/$1/stat" ]; then
    read -r stat <"/proc/$1/stat"
    set -- ${stat##*) }
    shift 19
    started=$1
  fi
}

# begin FOLDER: becomes a container. Its command is in the file words: for each word a number of
# lines, then so many lines.
begin() {
  trap - TERM HUP INT
  exec </dev/null >>"$1/log" 2>&1
  if [ -s "$1/cgroup" ]; then
    read -r group <"$1/cgroup"
    echo 0 >"$group/cgroup.procs" || {
      record "$1/refused" "cannot enter the control group $group"
      exit 128
    }
  fi
  IFS= read -r directory <"$1/directory"
  folder=$1
  set --
  while IFS= read -r lines; do
    IFS= read -r word
    while [ "$lines" -gt 1 ]; do
      IFS= read -r line
      word="$word
$line"
      lines=$((lines - 1))
    done
    set -- "$@" "$word"
  done <"$folder/words"
  cd "$directory" || {
    cd "$run" && record "$folder/refused" "cannot change to the working directory $directory"
    exit 128
  }
  exec "$@"
}

# keep FOLDER: one container from its start to its end; kills what its main process leaves behind.
keep() {
  trap - TERM
  begin "$1" &
  child=$!
  trap '' TERM HUP INT
  started_of "$child"
  record "$1/pid" "$child $started"
  [ -e stop ] && kill -TERM "$child" 2>/dev/null
  wait "$child"
  code=$?
  kill -KILL "-$child" 2>/dev/null
  if [ -s "$1/cgroup" ]; then
    read -r group <"$1/cgroup"
    for events in "$group/memory.events" "$group/memory.oom_control"; do
      [ -r "$events" ] && while read -r what count; do
        [ "$what" = oom_kill ] && [ "$count" -gt 0 ] && record "$1/oom" "$count"
      done <"$events"
    done
    while read -r left; do kill -KILL "$left" 2>/dev/null; done <"$group/cgroup.procs"
  fi
  record "$1/exit" "$code"
  exit 0
}

# await PID: until this child is gone; signals that arrive meanwhile don't end the waiting.
await() {
  while kill -0 "$1" 2>/dev/null; do
    wait "$1"
    [ $? = 127 ] && break
  done
}

# signal_all NAME: to the main process of each container; KILL goes to all that it started.
signal_all() {
  for n in $inits $regulars; do
    [ -s "c/$n/exit" ] && continue
    [ -s "c/$n/pid" ] && read -r main started <"c/$n/pid" || continue
    kill "-$1" "$main" 2>/dev/null
    [ "$1" = KILL ] && kill -KILL "-$main" 2>/dev/null
  done
}

# What TERM means to the supervisor: end the run, first gracefully.
stopping() {
  trap : TERM
  because external "$grace"
  read -r cause patience <stop
  signal_all TERM
  (
    trap 'kill "${nap:-}" 2>/dev/null; exit 0' TERM
    sleep "$patience" &
    nap=$!
    wait "$nap"
    signal_all KILL
  ) &
  killer=$!
}

# The deadline of the pod, and the sign of life of the executor: who holds the lease must renew it,
# else the run ends here, before someone else may start it again.
watch_time() {
  trap 'kill "${nap:-}" 2>/dev/null; exit 0' TERM
  left=$deadline
  silent=0
  seen=
  while :; do
    step=5
    [ "$left" -ge 0 ] && [ "$left" -lt 5 ] && step=$left
    sleep "$step" &
    nap=$!
    wait "$nap"
    if [ "$left" -ge 0 ]; then
      left=$((left - step))
      if [ "$left" -le 0 ]; then
        because deadline "$grace"
        break
      fi
    fi
    if [ "$silence" -ge 0 ]; then
      beat=
      read -r beat 2>/dev/null <"$heartbeat"
      if [ "$beat" = "$seen" ]; then
        silent=$((silent + step))
      else
        silent=0
        seen=$beat
      fi
      if [ "$silent" -ge "$silence" ]; then
        because lease "$hurry"
        break
      fi
    fi
  done
  kill -TERM $$
  exit 0
}

supervise() {
  killer=
  {
    read -r inits
    read -r regulars
    read -r deadline grace silence hurry
    IFS= read -r heartbeat
  } <plan
  trap stopping TERM
  trap '' HUP INT

  # Who supervises: process, its start, and this boot. Two supervisors of one run: the first wins.
  boot=-
  started_of $$
  if [ "$started" = - ]; then
    started=$(ps -o lstart= -p $$)
  else
    read -r boot </proc/sys/kernel/random/boot_id
  fi
  record "supervisor.$$" "$$ $boot $started"
  if ! ln "supervisor.$$" supervisor; then
    rm -f "supervisor.$$"
    exit 0
  fi
  rm -f "supervisor.$$"
  [ -e stop ] && kill -TERM $$

  timer=
  if [ "$deadline" -ge 0 ] || [ "$silence" -ge 0 ]; then
    watch_time &
    timer=$!
  fi

  failed=
  for n in $inits; do
    [ -e stop ] && break
    keep "c/$n" &
    await $!
    code=lost
    [ -s "c/$n/exit" ] && read -r code <"c/$n/exit"
    [ "$code" = 0 ] && continue
    failed=1
    break
  done
  if [ -z "$failed" ] && [ ! -e stop ]; then
    keepers=
    for n in $regulars; do
      keep "c/$n" &
      keepers="$keepers $!"
    done
    record running -
    for keeper in $keepers; do await "$keeper"; done
  fi

  # A container whose keeper was killed has no exit code; nothing of it may live on.
  end=done
  [ -e stop ] && read -r end rest <stop
  for n in $inits $regulars; do
    [ -s "c/$n/pid" ] && [ ! -s "c/$n/exit" ] && end=lost
  done
  signal_all KILL
  [ -n "$timer" ] && kill -TERM "$timer" 2>/dev/null
  [ -n "$killer" ] && kill -TERM "$killer" 2>/dev/null
  record end "$end"
}

supervise
exit 0
