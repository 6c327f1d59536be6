#!/bin/sh
# check.sh FOLDER - what can be said of the chapters without making the book
#
# Reads every chapter once, and leaves in FOLDER, for each LANG.PAGE, .facts,
# .text and .prose (facts.lua, text.lua); then prints one complaint a line:
# "parity: ...", "links: ...", "sections: ...", "solutions: ...",
# "typography: ...", "references: ...".  Needs pandoc alone.
set -u
cd "$(dirname "$0")/../.." || exit 99
out=$1
mkdir -p "$out"
export LC_ALL=C.UTF-8 BOOK_ROOT=. BOOK_KIND=page
# shellcheck source=tests/book/lib.sh
. tests/book/lib.sh

# What each step's chapter has, in this order: the tool and the other
# chapters count on it.
sections='accident today idea call your-turn check without articles production
questions further answers'

# Each link of a chapter leads to a chapter, and to an id that it has; or to a
# chapter of the book that isn't written yet.
links() {
	for facts in "$out"/*.facts; do
		name=$(basename "$facts" .facts)
		lang=${name%%.*} page=${name#*.}
		sed -n 's/^link //p' "$facts" | while read -r target; do
			case $target in
			http*) continue ;;
			\#*) file=$page id=${target#\#} ;;
			*.md) file=${target%.md} id= ;;
			*.md\#*) file=${target%.md#*} id=${target#*#} ;;
			*) file=- id= ;;
			esac
			case $file in
			[01][0-9]-*|capstone|today|articles|glossary|reading)
				test -f "chapters/$lang/$file.md" || {
					echo "unwritten: chapters/$lang/$file.md"
					continue
				} ;;
			esac
			test -f "$out/$lang.$file.facts" &&
			    { test -z "$id" || grep -q -e "^head . $id\$" \
			    -e "^div [a-z.]* $id\$" "$out/$lang.$file.facts"; } ||
			    echo "links: chapters/$lang/$page.md: $target"
		done
	done
}

check_sections() {
	echo "$sections" | tr ' ' '\n' >"$out/sections"
	for facts in "$out"/??.[01][0-9]-*.facts; do
		case $facts in *.00-*) continue ;; esac
		sed -n 's/^head 2 //p' "$facts" | diff - "$out/sections" |
		    sed -n "s|^< |sections: $(basename "$facts" .facts): too many: |p
		    s|^> |sections: $(basename "$facts" .facts): missing: |p"
		grep '^head . $' "$facts" | sed \
		    "s|.*|sections: $(basename "$facts" .facts): a heading without id|"
	done
	# Short enough to be read, long enough to say it.
	for prose in "$out"/??.[01][0-9]-*.prose; do
		count=$(grep -o "[^[:space:]]*[[:alpha:]][^[:space:]]*" "$prose" | wc -l)
		if [ "$count" -lt 900 ] || [ "$count" -gt 1800 ]; then
			echo "sections: $(basename "$prose" .prose): $count words"
		fi
	done
}

# Lines of a solution that its starter hasn't, outside comments.
solution_lines() {
	sed 's/[[:blank:]]\{1,\}/ /g; s/^ //' "solutions/$1.c" |
	    grep -v -e '^\*' -e '^/\*' -e '^#' | grep '..........' |
	    grep -v -x -F -e "$(sed 's/[[:blank:]]\{1,\}/ /g; s/^ //' \
	    "steps/$1.c" steps/main.c)" || :
}

solutions() {
	for text in "$out"/??.[01][0-9]-*.text; do
		page=$(basename "$text" .text)
		test -f "solutions/${page#*.}.c" || continue
		solution_lines "${page#*.}" >"$out/solution"
		sed '/^== your-turn/q' "$text" | sed 's/[[:blank:]]\{1,\}/ /g' |
		    grep -F -f "$out/solution" |
		    sed "s|^|solutions: $page: before the exercise: |"
	done
}

# The tool and the starters name chapters, and sections of them.
references() {
	grep -r -o -h -E 'chapters/(en|fr)/[0-9a-z-]+\.md(#[a-z-]+)?' tests steps \
	    solutions README.md README.fr.md --include='*.[ch]' \
	    --include='*.md' --include='*.po' | sort -u |
	    while read -r name; do
		file=${name%%#*}
		page=$(echo "${file%.md}" | sed 's|chapters/||; s|/|.|')
		if ! test -f "$file"; then
			echo "unwritten: $file"
		elif [ "$name" != "$file" ] &&
		    ! grep -q "^head . ${name#*#}\$" "$out/$page.facts"; then
			echo "references: $name"
		fi
	done
}

read_all chapters
parity chapters
links
check_sections
solutions
typography
references
