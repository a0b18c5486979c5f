#!/bin/sh
# gates.sh - every gate of make check; each prints what it found and where.
set -u
cd "$(dirname "$0")/.."
bad=0
for gate in layers size words cities texts dist; do
    tools/$gate.sh || { echo "gate failed: $gate"; bad=1; }
done
exit $bad
