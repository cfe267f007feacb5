#!/usr/bin/env bash
# Every fuzz target, one after the other: fuzz/every.sh [SECONDS] [NAME…]. One line for each: runs,
# coverage, and whether it ended well. Exits with 1 if something was found.
set -eu
cd "$(dirname "$0")/.."
seconds="${1:-600}"
shift || true
cargo run --quiet --locked -p decoders --example seeds -- fuzz/corpus
cargo fuzz build --sanitizer none
found=0
for line in $(cargo run --quiet --locked -p decoders --example seeds -- --names); do
  name="${line%:*}"
  if [ $# -gt 0 ] && [[ " $* " != *" $name "* ]]; then continue; fi
  log="fuzz/artifacts/$name.log"
  mkdir -p "fuzz/artifacts/$name"
  ended=clean
  cargo fuzz run --sanitizer none "$name" -- -max_total_time="$seconds" -max_len="${line#*:}" \
    -print_final_stats=1 >"$log" 2>&1 || { ended=FOUND; found=1; }
  runs="$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
  cover="$(grep -o 'cov: [0-9]*' "$log" | tail -n 1)"
  echo "$name: ${runs:-?} runs, ${cover:-cov: ?}, $ended"
done
exit "$found"
