#!/bin/sh
# The same verdicts as root and as an ordinary user, and honest skips where
# the machine gives less: one id (single), or no box at all (plain)
cd "$(dirname "$0")/../.." || exit 99
# shellcheck source=tests/prove/lib.sh
. tests/prove/lib.sh

# verdicts NAME COMMAND... - "05-devnull 0" lines into $work/NAME; the command
# is put before the tool's own, in the folder where it stands
verdicts() {
	list=$work/$1
	shift
	: >"$list"
	for name in $names; do
		try "$@" build/lab check "$name" --programs build/solutions
		echo "$name $status" >>"$list"
		[ "$status" -eq 0 ] || [ "$status" -eq 77 ] ||
		    cat "$work/out" "$work/err" >>"$list.words"
	done
}

all_pass() {
	grep -v ' 0$' "$work/$1" >"$work/wrong"
	cat "$work/$1.words" >>"$work/wrong" 2>/dev/null
	all_ok "$work/wrong" "$2"
}

all_but_setuid() {
	sed '/^12-setuid 77$/d; / 0$/d' "$work/$1" >"$work/wrong"
	grep -q '^12-setuid 77$' "$work/$1" ||
	    grep '^12-setuid' "$work/$1" >>"$work/wrong"
	cat "$work/$1.words" >>"$work/wrong" 2>/dev/null
	all_ok "$work/wrong" "$2"
}

none_fails() {
	grep -v -e ' 0$' -e ' 77$' "$work/$1" >"$work/wrong"
	grep -q ' 0$' "$work/$1" || echo "nothing passed" >>"$work/wrong"
	cat "$work/$1.words" >>"$work/wrong" 2>/dev/null
	all_ok "$work/wrong" "$2"
}

# three_modes WHO RANGE COMMAND... - RANGE: has this user subordinate ids?
three_modes() {
	who=$1 range=$2
	shift 2
	if [ "$range" = yes ]; then
		verdicts "$who.range" "$@"
		all_pass "$who.range" "as $who, all twelve solutions pass"
	else
		skip "as $who, all twelve solutions pass" "$range"
	fi
	verdicts "$who.single" "$@" env LAB_BOX=single
	all_but_setuid "$who.single" \
	    "as $who with one id, 12 is skipped and the others pass"
	verdicts "$who.plain" "$@" env LAB_BOX=plain
	none_fails "$who.plain" "as $who without a box, nothing fails"
}

try make -s -j "$cores" build/lab build/locale
try make -s -j "$cores" STEPS=solutions programs
boxes=yes
unshare -Urmpf true 2>/dev/null || boxes=no
remember

if [ "$(id -u)" -ne 0 ]; then
	range=yes
	command -v newuidmap >/dev/null ||
	    range="newuidmap is missing: install the package uidmap"
	grep -q "^\($(id -un)\|$(id -u)\):" /etc/subuid 2>/dev/null ||
	    range="$(id -un) has no line in /etc/subuid"
	three_modes "$(id -un)" "$range"
	skip "as root, all twelve solutions pass" "this is not root"
	expect_nothing_left "nothing is left of it"
	exit 0
fi

if [ $boxes = no ]; then
	skip "root's boxes" "no user namespaces here"
else
	three_modes root yes
fi

user=labproof$$ home=
remove_user() {
	[ -z "$home" ] || rm -rf "$home"
	! getent passwd "$user" >/dev/null || userdel "$user" 2>/dev/null
}

ordinary="an ordinary user gets the same verdicts"
if ! command -v useradd >/dev/null || ! command -v setpriv >/dev/null; then
	skip "$ordinary" "useradd or setpriv is missing"
else
	trap remove_user EXIT
	trap 'exit 99' HUP INT TERM
	useradd --no-create-home --shell /bin/false "$user" || exit 99
	range=yes
	command -v newuidmap >/dev/null ||
	    range="newuidmap is missing: install the package uidmap"
	if ! grep -q "^$user:" /etc/subuid 2>/dev/null; then
		touch /etc/subuid /etc/subgid
		usermod --add-subuids 1800000000-1800065535 \
		    --add-subgids 1800000000-1800065535 "$user" || exit 99
	fi
	home=$(mktemp -d /tmp/lab-proof.XXXXXX)
	mkdir "$home/build"
	cp -R build/lab build/locale "$home/build"
	mkdir "$home/build/solutions"
	for name in $names; do
		cp "build/solutions/$name" "$home/build/solutions"
	done
	chown -R "$user:" "$home"
	three_modes "an ordinary user" "$range" setpriv --reuid "$user" \
	    --regid "$(id -g "$user")" --clear-groups \
	    env -C "$home" HOME="$home" USER="$user" LOGNAME="$user"
	find "$home" -name 'plain-??????' >"$work/left"
	all_ok "$work/left" "an ordinary user's plain folders are removed"
	remove_user
	home=
	getent passwd "$user" >"$work/left"
	grep "^$user:" /etc/subuid /etc/subgid >>"$work/left"
	all_ok "$work/left" "the user made for this is gone again"
fi
expect_nothing_left "nothing is left of it"
