# What the demonstrations of these folders share; their demo.sh sources it. Sets $here, the folder of the script that does, $tmp, which that
# removes at its end, and $FAULTLINE, the command: the one of this checkout unless set.

here=$(cd -- "$(dirname -- "${BASH_SOURCE[1]}")" && pwd)
FAULTLINE=${FAULTLINE:-$here/../../../faultline}
cd "$here"
tmp=$(mktemp -d)

title() { printf '\n== %s\n' "$@"; }
tell() { printf '   %s\n' "$@"; }
passed() { printf '   ok %s\n' "$@"; }

wrong() {
  printf 'demo.sh: %s\n' "$*" >&2
  exit 1
}

# What a user would type is shown as it is typed.
faultline() {
  tell "\$ faultline $*"
  "$FAULTLINE" "$@" | sed 's/^/     /'
}

# choose "ALL STEPS" [STEP…]: leaves $steps, those that are named, or all of them.
choose() {
  local all=$1 step
  shift
  read -ra steps <<< "$all"
  for step in "$@"; do
    grep -qxF -- "$step" <<< "${all// /$'\n'}" || wrong "unknown step \"$step\"; allowed: ${all// /, }"
  done
  [ $# -eq 0 ] || steps=("$@")
}

# count FILE TEXT: how many lines have the text.
count() { grep -cF -- "$2" "$1" || true; }

# events_have NUMBER TEXT…, decisions_have NUMBER TEXT…: so many lines of $events or $decisions have all these texts, no more and no fewer.
# Else it is told of $subject.
events_have() { have "$events" "$@"; }
decisions_have() { have "$decisions" "$@"; }
have() {
  local file=$1 number=$2 text lines found
  shift 2
  lines=$(cat "$file")
  for text in "$@"; do
    lines=$(grep -F -- "$text" <<< "$lines" || true)
  done
  found=$(grep -c . <<< "$lines" || true)
  [ "$found" = "$number" ] || wrong "$subject: $found instead of $number lines with $* in:"$'\n'"$(cat "$file")"
}
