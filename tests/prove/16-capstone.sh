#!/bin/sh
# bbserve, in all the ways to start it, and under what would start it
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh
# What runs on a machine of its own dies with it.
ours="$PWD/(tests/capstone/machine\\.sh|build/capstone)"
list_groups() { :; }	# what is made here belongs to others

remember
# Each of its lines is a verdict.
sh tests/capstone/run.sh
expect_nothing_left "bbserve's tests leave nothing behind"
