#!/bin/bash
# simulate.sh - `lingji match simulate`: same bytes for the same seed, sound figures, and a clear no.
set -u
lingji=$1 work=$2 n=0
check() { # NAME COMMAND...
    local name=$1
    shift
    n=$((n + 1))
    if "$@" >/dev/null 2>&1; then echo "ok $n - $name"; else echo "not ok $n - $name"; fi
}
city=(--people 1500 --slots 1000 --spread 10 --couples 10 --aim 60)
"$lingji" match simulate --seed 4 "${city[@]}" >"$work/one.json" || echo "# exit $?"
"$lingji" match simulate --seed 4 "${city[@]}" >"$work/two.json"
"$lingji" match simulate --seed 5 "${city[@]}" --only batch >"$work/other.json"
sound() { jq -e "$1" "$work/one.json"; }
differ() { ! cmp -s <(jq -c .batch "$work/one.json") <(jq -c .batch "$work/other.json"); }
no_answer() { ! "$lingji" match simulate "$@" && [ -z "$("$lingji" match simulate "$@" 2>/dev/null)" ]; }
check 'the same seed gives the same bytes' cmp "$work/one.json" "$work/two.json"
check 'another seed gives another city' differ
check 'nothing is worth more than the bound, which is near' sound '.batch | .valid and .value <= .bound and .gap_pct < 1'
check 'no couple is separated, at once or in the hall' sound '.batch.couples_apart + .hall.ghosts.couples_apart == 0 and .batch.couples > 0'
check 'groups take all their seats or none, within one percent of the best' sound '.groups | .valid and .gap_pct < 1 and
  .crews_placed > 0 and .couples_placed > 0 and .two_half_days > 0 and .value > .first_come'
check 'ghosts beat greedy and do not beat hindsight' sound '.hall | .ghosts.value > .greedy.value and .ghosts.value <= .hindsight.value'
check 'nobody starves and no order is over its seats' sound '.hall.ghosts | .starved + .orders_over == 0'
check 'the log of the day replays' sound '.hall.replays'
check 'prices fill more at the first try than fit alone' sound '.lists | .price.rounds[0].placed > .fit.rounds[0].placed'
check 'a first round for the best matches fits better, and is still fuller than by fit alone' sound '.lists |
  .best_first.rounds[0].mean_fit > .price.rounds[0].mean_fit and .best_first.rounds[0].placed > .fit.rounds[0].placed'
check 'each term of policy has its price and serves its people' sound '.policy.terms | length == 4 and
  all(.[]; .on.served > .off.served and .on.served <= .people and .off.value < .on.value * 1.05)'
check 'an unknown option is refused' no_answer --colour 3
check 'an option out of range is refused' no_answer --couples 101
check 'a number that nobody can hold is refused' no_answer --seed 18446744073709551615
check 'an option without a number is refused' no_answer --people
echo "1..$n"
