# shellcheck shell=sh disable=SC2154 # $work is set by who reads this
# findings.sh - what lint.sh of the book and of the slides share
#
# Who reads this has set $work, a folder; $log is what a look writes to, and
# $problems counts the looks that found something.
export LC_ALL=C.UTF-8
problems=0
modules=build/lint-node
log=$work/log
mkdir -p "$work" "$modules"

# verdict WHAT - the log says what is wrong, or is empty
verdict() {
	if [ -s "$log" ]; then
		echo "FAILED   $1"
		head -n "${LINT_LINES:-60}" "$log" | sed 's/^/         /'
		problems=$((problems + 1))
	else
		echo "ok       $1"
	fi
}

# has COMMAND PACKAGE - says so where it is missing
has() {
	command -v "$1" >/dev/null && return
	echo "skipped  $1: install the package $2"
	return 1
}

# dead_links PAGE... - every href and src leads to a file, and to an id that is
# in it; a page of a PDF, and a slide ("#/idea"), are said in their own ways
dead_links() {
	for page in "$@"; do
		sed 's/ \(id\|href\|src\)="/\n\1="/g' "$page" |
		    sed -n "s|^\(id\|href\|src\)=\"\([^\"]*\)\".*|$page \1 \2|p"
	done | awk '
	{ folder = $1; sub(/[^\/]*$/, "", folder) }
	$2 == "id" { ids[$1 "#" $3]++; if (ids[$1 "#" $3] == 2)
	             print $1 ": the id " $3 " twice"; next }
	$3 ~ /^(https?|data):/ { next }
	{
		target = $3
		sub(/#.*/, "", target)
		file = target == "" ? $1 : folder target
		while (sub(/[^\/]+\/\.\.\//, "", file))
			;
		if ((getline any <file) < 0)
			print $1 ": no file " $3
		close(file)
		id = $3
		if (sub(/^[^#]*#\/?/, "", id) && id != "" && id !~ /=/)
			wanted[file "#" id] = $1 ": no id " $3
	}
	END { for (w in wanted) if (!(w in ids)) print wanted[w] }'
}

# misspelt LANG DICTIONARY PROSE... - a word of the list is no mistake; nor is
# one in capitals, or with a digit
misspelt() {
	lang=$1 dictionary=$2
	shift 2
	for prose in "$@"; do
		sed -f tests/book/plain.sed "$prose" |
		    hunspell -i UTF-8 -d "$dictionary" \
		    -p "tests/book/words.$lang" -l |
		    grep -v -E -e '[0-9_]' -e '^[A-Z]+s?$' | sort -u |
		    sed "s|^|$(basename "$prose" .prose): |"
	done
}

# spelling FOLDER - the .prose files in it
spelling() {
	if has hunspell hunspell; then
		misspelt en en_GB "$1"/en.*.prose >"$log"
		verdict "the English is spelt right"
		misspelt fr fr_FR "$1"/fr.*.prose >"$log"
		verdict "the French is spelt right"
	fi
}

# has_modules - what looks at pages is there, or is fetched
has_modules() {
	has npm npm || return 1
	if ! cmp -s tests/book/package-lock.json $modules/package-lock.json; then
		cp tests/book/package.json tests/book/package-lock.json $modules
		(cd $modules && npm ci --ignore-scripts --no-audit --no-fund) \
		    >"$log" 2>&1 || rm -f $modules/package-lock.json
	fi
	if [ ! -f $modules/package-lock.json ]; then
		verdict "npm ci"
		return 1
	fi
}
