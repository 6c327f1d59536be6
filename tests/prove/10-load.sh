#!/bin/sh
# A busy machine changes no verdict
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

expect_status 0 "two chains on a busy machine have a quiet one's verdicts" \
    sh tests/soak.sh chains 2
expect_words '^2 times, [1-9][0-9]* verdicts, 0 wrong$' \
    "it counts them"
