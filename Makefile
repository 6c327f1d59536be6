# The daemon lab: every gesture is a goal.  `make help` lists them.
#
#   make            what stands, what is next, and the first failure
#   make 05         prove one step on the running program
#   make test       prove the lab itself

# --- knobs ------------------------------------------------------------------
CC        = gcc
OPTIMISE  = -O2
WERROR    = -Werror
SANITIZE  =
STEPS     = steps
REFERENCE =
V         =
Q         = $(if $(V),,@)

.DEFAULT_GOAL := progress
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

names := 01-fork 02-setsid 03-refork 04-close 05-devnull 06-chdir \
         07-umask 08-lock 09-signals 10-log 11-chroot 12-setuid
numbers := 01 02 03 04 05 06 07 08 09 10 11 12

WARNINGS = -Wall -Wextra -Wpedantic $(WERROR) -Wshadow -Wstrict-prototypes \
    -Wmissing-prototypes -Wpointer-arith -Wcast-qual -Wwrite-strings \
    -Wconversion -Wformat=2 -Wundef
HARDEN = $(if $(SANITIZE),-fsanitize=address$(comma)undefined \
    -fno-omit-frame-pointer -fno-sanitize-recover=all,\
    -U_FORTIFY_SOURCE $(if $(filter -O0,$(OPTIMISE)),,-D_FORTIFY_SOURCE=2))
comma := ,
CFLAGS = -std=c17 $(OPTIMISE) -g $(HARDEN) $(WARNINGS)

# Each way of building has a folder of its own below build/.
way := $(if $(filter gcc,$(CC)),,-$(CC))$(if $(filter -O2,$(OPTIMISE)),,$(OPTIMISE))$(if $(SANITIZE),-asan)
# The chain is the student's own, or one step of his in the reference's.
chain := build/$(subst /,_,$(patsubst %/,%,$(STEPS)))$(if $(REFERENCE),+$(subst /,_,$(patsubst %/,%,$(REFERENCE))))$(way)
mine := build/$(subst /,_,$(patsubst %/,%,$(STEPS)))$(way)
theirs := build/$(subst /,_,$(patsubst %/,%,$(or $(REFERENCE),$(STEPS))))$(way)
score := build/score$(way)
lab := build/lab$(way)

# --- the student's gestures -----------------------------------------------------
## progress: what is solved, what is next, and the first failure (plain `make`)
##fr progress: où vous en êtes, la suite, et le premier échec (`make` tout court)
.PHONY: progress
progress: build/.packages-core $(lab) build/locale | build/results
	$(Q)$(MAKE) -s -k -j4 programs
	$(Q)$(lab) progress --programs $(chain) --results build/results || \
	    case $$? in 1|77) ;; *) exit 1;; esac

## NN: prove one step, 01 to 12 (STEPS=dir: other files; REFERENCE=solutions: others' steps; SEED=1: the same paths again)
##fr NN: prouver une étape, de 01 à 12 (STEPS=rép : d’autres fichiers ; REFERENCE=solutions : les étapes d’un autre ; SEED=1 : les mêmes chemins)
.PHONY: $(numbers)
$(numbers): %: build/.packages-core $(lab) build/locale | build/results
$(foreach n,1 2 3 4 5 6 7 8 9,$(eval .PHONY: $n)$(eval $n: 0$n))
define step_goal
$(firstword $(subst -, ,$1)):
	$$(Q)$(lab) check $1 --programs $(chain) --json build/results/$1.json \
	    $$(if $$(SEED),--seed $$(SEED)) \
	    --build '$$(MAKE) -s $(chain)/$1'
show-$(firstword $(subst -, ,$1)): build/.packages-core $(chain)/$1 $(lab) build/locale
	$$(Q)$(lab) show $1 --programs $(chain)
trace-$(firstword $(subst -, ,$1)): build/.packages-core $(chain)/$1 $(lab) build/locale
	$$(Q)$(lab) trace $1 --programs $(chain)
endef
$(foreach name,$(names),$(eval $(call step_goal,$(name))))

## show-NN: the process before and after step NN, changed cells marked
##fr show-NN: le processus avant et après l’étape NN, les changements marqués
.PHONY: $(numbers:%=show-%)
## trace-NN: its system calls, each with half a line of explanation
##fr trace-NN: ses appels système, chacun expliqué en une demi-ligne
.PHONY: $(numbers:%=trace-%)

## shell: a shell in a box, with the step programs in PATH, and the book's files
##fr shell: un shell dans une boîte, avec les programmes des étapes dans PATH, et les fichiers du livre
.PHONY: shell
shell: build/.packages-core $(lab) build/locale
	$(Q)$(MAKE) -s -k programs $(chain)/bbserve
	$(Q)$(lab) shell $(filter-out %.script %.txt,$(wildcard chapters/transcripts/*.*)) \
	    chapters/transcripts/accounts \
	    --programs $(chain) || case $$? in 77|99) exit 1;; esac

## doctor: what this machine gives, why not more, what to install
##fr doctor: ce que cette machine offre, pourquoi pas plus, quoi installer
.PHONY: doctor
doctor: build/.packages-core $(lab) build/locale
	$(Q)$(lab) doctor

## demo: the same tour on the solutions, with the evidence
##fr demo: la même visite sur les solutions, avec les preuves
.PHONY: demo
demo: build/.packages-core $(lab) build/locale
	$(Q)$(MAKE) -s -j4 STEPS=solutions programs
	$(Q)$(lab) progress --programs build/solutions$(way) --evidence

# --- the step programs -----------------------------------------------------------
## programs: build all twelve step programs, and bbserve, to be run by hand
##fr programs: compiler les douze programmes, et bbserve, à lancer à la main
.PHONY: programs
programs: $(names:%=$(chain)/%) $(chain)/bbserve

support := main options experiments
shared := config notify

# A step that does not compile leaves the compiler's words in NN-name.log,
# for the check to report; make itself goes on.
compile = $(CC) $(CFLAGS) -Isteps
compile_or_tell = if test -f $<; then $(compile) -c -o $@ $< 2>$@.log || \
	rm -f $@; else rm -f $@; echo "$<: this file is missing" >$@.log; fi
$(mine)/%.o: $(STEPS)/%.c steps/daemon.h | $(mine)
	$(Q)$(compile_or_tell)
ifneq ($(theirs),$(mine))
$(theirs)/%.o: $(REFERENCE)/%.c steps/daemon.h | $(theirs)
	$(Q)$(compile) -c -o $@ $<
endif
$(STEPS)/%.c:
	@:

$(score)/config.o $(score)/notify.o: $(score)/%.o: steps/%.c | $(score)
	$(Q)$(compile) -c -o $@ $<

# Technique 05 needs 01 to 04 before it: upto_05-devnull names all five.
so_far :=
$(foreach name,$(names),$(eval so_far += $(name))$(eval upto_$(name) := $(so_far)))

link = $(CC) $(CFLAGS) -o $@ $(filter %.o,$^) $(LDLIBS)
# $1: 05-devnull, $2: 05.  The last of its techniques is the one under test.
define step_program
$(foreach part,$(support),$(eval $(score)/$(part)-$2.o: steps/$(part).c))
$(support:%=$(score)/%-$2.o): $(wildcard steps/*.h) | $(score)
	$$(Q)$$(compile) -DSTEP=$(2:0%=%) -DRUN_DIR='"$(CURDIR)/build/run"' \
	    -c -o $$@ $$(filter %.c,$$^)
$(chain)/$1: $(patsubst %,$(theirs)/%.o,$(filter-out $1,$(upto_$1))) \
    $(mine)/$1.o $(support:%=$(score)/%-$2.o) $(shared:%=$(score)/%.o) \
    | $(chain) build/run
	$$(Q)rm -f $$@ $$@.log; for o in $$(filter %.o,$$^); do \
	    test -f $$$$o || cat $$$$o.log >>$$@.log; done; \
	test -f $$@.log || $$(link)
endef
$(foreach name,$(names),$(eval $(call step_program,$(name),$(firstword $(subst -, ,$(name))))))

# What a program run by hand finds: a jail, its users, its configuration; and
# in the jail its own outer path as a link to "/", so that one name serves.
build/run: | build
	$(Q)mkdir -p $@/jail/etc $@/jail/log $@/jail$(CURDIR)/build/run
	$(Q)chmod 1777 $@/jail/log
	$(Q)printf 'root:x:0:0::/:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n' >$@/jail/etc/passwd
	$(Q)printf 'root:x:0:\nnogroup:x:65534:\n' >$@/jail/etc/group
	$(Q)printf '# name = what ps -o comm shows after a SIGHUP\n' >$@/jail/etc/daemon.conf
	$(Q)ln -s / $@/jail$(CURDIR)/build/run/jail

# --- the capstone ----------------------------------------------------------------
# The service is given; the score and the techniques are the student's, or,
# with STEPS=solutions, solved: build/capstone/steps/bbserve.
service := $(patsubst steps/capstone/%.c,%,$(filter-out %/daemonize.c,$(wildcard steps/capstone/*.c)))
capstone := build/capstone$(way)
bbserve := $(capstone)/$(patsubst build/%$(way),%,$(chain))
headers := $(wildcard steps/*.h steps/capstone/*.h)

## capstone: prove the score, and the twelve steps' properties, on bbserve
##fr capstone: éprouver la partition, et les propriétés des douze étapes, sur bbserve
.PHONY: capstone show-capstone trace-capstone
capstone: build/.packages-core $(lab) build/locale | build/results
	$(Q)$(lab) check capstone --programs $(chain) \
	    --json build/results/capstone.json $(if $(SEED),--seed $(SEED)) \
	    --build '$(MAKE) -s $(chain)/bbserve'
show-capstone trace-capstone: %-capstone: build/.packages-core $(chain)/bbserve $(lab) build/locale
	$(Q)$(lab) $* capstone --programs $(chain)

## capstone-programs: build bbserve, to be run by hand (and what its tests need)
##fr capstone-programs: compiler bbserve, à lancer à la main (et ce qu’il faut à ses tests)
.PHONY: capstone-programs
capstone-programs: $(bbserve)/bbserve $(patsubst tests/capstone/%.c,$(capstone)/%,$(filter-out %/serve.c %/fuzz-board.c %/fuzz-protocol.c,$(wildcard tests/capstone/*.c)))

## bench-capstone: bbserve beside redis and nginx, as ratios (ROUNDS=9)
##fr bench-capstone: bbserve à côté de redis et de nginx, en rapports (ROUNDS=9)
.PHONY: bench-capstone
bench-capstone: build/.packages-bench-capstone
	$(Q)$(MAKE) -s STEPS=solutions capstone-programs
	$(Q)sh tests/capstone/bench.sh $(or $(ROUNDS),9)

## fuzz-capstone: the protocol and the board file under libFuzzer for SECONDS (600)
##fr fuzz-capstone: le protocole et le fichier du tableau sous libFuzzer, SECONDS secondes (600)
.PHONY: fuzz-capstone
fuzz-capstone: build/.packages-test
	$(Q)$(MAKE) -s STEPS=solutions capstone-programs
	$(Q)sh tests/capstone/fuzz.sh $(or $(SECONDS),600)

$(service:%=$(capstone)/%.o): $(capstone)/%.o: steps/capstone/%.c $(headers) | $(capstone)
	$(Q)$(compile) -c -o $@ $<
$(bbserve)/daemonize.o: compile += -Isteps/capstone
$(bbserve)/daemonize.o: $(STEPS)/capstone/daemonize.c $(headers) | $(bbserve)
	$(Q)$(compile_or_tell)
# As the step programs: what doesn't compile is told in bbserve.log.
$(bbserve)/bbserve: $(bbserve)/daemonize.o $(service:%=$(capstone)/%.o) \
    $(names:%=$(theirs)/%.o) $(score)/notify.o
	$(Q)rm -f $@ $@.log; for o in $(filter %.o,$^); do \
	    test -f $$o || cat $$o.log >>$@.log; done; \
	test -f $@.log || $(link)
$(chain)/bbserve: $(bbserve)/bbserve | $(chain)
	$(Q)rm -f $@ $@.log; for f in '' .log; do \
	    test ! -f $<$$f || ln -f $<$$f $@$$f; done
$(capstone)/%: tests/capstone/%.c tests/capstone/serve.c tests/capstone/serve.h | $(capstone)
	$(Q)$(CC) $(CFLAGS) -o $@ $(filter %.c,$^)
$(capstone)/fuzz-board: tests/capstone/fuzz-board.c steps/capstone/board.c
$(capstone)/fuzz-protocol: tests/capstone/fuzz-protocol.c $(patsubst %,steps/capstone/%.c,client board bbconf)
$(capstone)/fuzz-board $(capstone)/fuzz-protocol: steps/capstone/report.c steps/notify.c $(headers) | $(capstone)
	$(Q)clang -std=c17 -g -O1 -fsanitize=fuzzer$(comma)address$(comma)undefined \
	    -fno-sanitize-recover=all -Isteps -Isteps/capstone -o $@ \
	    $(filter-out steps/capstone/board.c,$(filter %/fuzz-board.c,$^)) \
	    $(filter-out $(if $(filter %board,$@),%/board.c %.h,%.h),$(filter-out %/fuzz-board.c,$^))
$(capstone) $(bbserve):
	$(Q)mkdir -p $@

# --- the tool --------------------------------------------------------------------
rooms := box observe checks scenarios report ablation commands
# A program of its own draws: the tool, which each box starts again, would be
# slower for libxml2 (a seventh of a check's processor time).
drawing := tests/report/svg.c tests/report/matrix-svg.c tests/report/processes.c
leave_out := tests/ablation/leave-out.c
tool_sources := $(wildcard tests/*.c) \
    $(filter-out $(drawing) tests/ablation/draw.c $(leave_out),\
    $(sort $(foreach room,$(rooms),$(wildcard tests/$(room)/*.c))))
unit_sources := $(wildcard tests/unit/*.c)
corpus_sources := $(wildcard tests/corpus/*.c)
objects = $(patsubst tests/%.c,build/objects$(way)/%.o,$1)
# Formats come out of gettext; tables leave out what their rows do not need.
tool_flags = -Itests -Wno-format-nonliteral -Wno-missing-field-initializers \
    -MMD -MP
libraries = -ljansson -lcunit

build/objects$(way)/%.o: tests/%.c | build/.packages-core
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(tool_flags) -c -o $@ $<

$(lab): $(call objects,$(tool_sources))
	$(Q)$(CC) $(CFLAGS) -o $@ $^ $(libraries)

build/unit$(way): $(call objects,$(unit_sources) $(drawing) $(filter-out tests/lab.c,$(tool_sources)))
	$(Q)$(CC) $(CFLAGS) -o $@ $^ $(libraries) -lxml2
$(call objects,tests/report/svg.c tests/unit/ablation.c): tool_flags += -I/usr/include/libxml2
$(call objects,tests/report/svg.c tests/unit/ablation.c): | build/.packages-draw

build/corpus$(way): $(call objects,$(corpus_sources) $(filter-out tests/lab.c,$(tool_sources)))
	$(Q)$(CC) $(CFLAGS) -o $@ $^ $(libraries)

-include $(patsubst %.o,%.d,$(call objects,$(tool_sources) $(drawing) tests/ablation/draw.c tests/book/draw.c $(unit_sources) $(corpus_sources)))

build/locale: build/locale/fr/LC_MESSAGES/lab.mo
build/locale/fr/LC_MESSAGES/lab.mo: tests/po/fr.po | build/.packages-core
	$(Q)mkdir -p $(@D)
	$(Q)msgfmt --check --output-file=$@ $<

## messages: gather the tool's messages into tests/po (for translators)
##fr messages: réunir les messages de l’outil dans tests/po (pour qui traduit)
.PHONY: messages
messages: | build
	$(Q)xgettext --language=C --keyword=_ --keyword=N_ \
	    --keyword=ngettext:1,2 --add-comments=TRANSLATORS --from-code=UTF-8 \
	    --package-name="daemon lab" --sort-by-file \
	    --output=build/lab.pot $(sort $(tool_sources) $(drawing))
	$(Q)test -f tests/po/fr.po || msginit --no-translator --locale=fr \
	    --input=build/lab.pot --output-file=tests/po/fr.po
	$(Q)msgmerge --quiet --update --backup=none --no-fuzzy-matching \
	    tests/po/fr.po build/lab.pot

# --- the book -----------------------------------------------------------------------
## book: the chapters of both languages as HTML, PDF and EPUB (book-en, book-fr: one)
##fr book: les chapitres des deux langues en HTML, PDF et EPUB (book-en, book-fr : une seule)
.PHONY: book book-en book-fr transcripts
book: build/.packages-book
	$(Q)$(MAKE) -s -j$(shell getconf _NPROCESSORS_ONLN) book-en book-fr

## transcripts: play the book's transcripts again, and draw its pictures
##fr transcripts: rejouer les transcriptions du livre, et redessiner ses images
transcripts: build/.packages-draw
	$(Q)sh tests/book/transcripts.sh chapters
	$(Q)sh tests/book/transcripts.sh slides slides/transcripts/*.script

build/draw-steps: $(call objects,tests/book/draw.c $(drawing) $(filter-out tests/lab.c,$(tool_sources)))
	$(Q)$(CC) $(CFLAGS) -o $@ $^ $(libraries) -lxml2

book_order := 00-introduction $(names) capstone today articles glossary reading
book_parts := $(wildcard chapters/templates/* chapters/filters/*) chapters/render.sh
render = $(Q)test ! -t 1 || echo "  $@"; sh chapters/render.sh

# $1: en or fr, $2: its chapters that are written.
define book_language
book-$1: $(2:%=build/book/$1/%.html) $(addprefix build/book/$1/,index.html search.js \
    book.css book.js) build/book/daemon-lab.$1.pdf build/book/daemon-lab.$1.epub
build/book/parts/$1/list.yaml: $(2:%=chapters/$1/%.md) chapters/render.sh | \
    build/.packages-book build/book/$1 build/book/parts/$1
	$$(Q)sh chapters/render.sh list $1 $$@ $2
build/book/$1/%.html: chapters/$1/%.md build/book/parts/$1/list.yaml $(book_parts)
	$$(render) page $1 $$* $$@
build/book/$1/index.html: build/book/parts/$1/list.yaml $(book_parts)
	$$(render) index $1 $$@
build/book/$1/search.js: $(2:%=build/book/$1/%.html)
	$$(Q)(echo 'window.bookIndex=['; cat $(2:%=build/book/parts/$1/%.js); echo ']') >$$@
build/book/$1/%: chapters/assets/% | build/book/$1
	$$(Q)cp $$< $$@
build/book/parts/$1/%.json: chapters/$1/%.md build/book/parts/$1/list.yaml $(book_parts)
	$$(render) part $1 $$* $$@
build/book/daemon-lab.$1.pdf: $(2:%=build/book/parts/$1/%.json) chapters/assets/print.css
	$$(render) pdf $1 $$@ $$(filter %.json,$$^)
build/book/daemon-lab.$1.epub: $(2:%=build/book/parts/$1/%.json) chapters/assets/epub.css
	$$(render) epub $1 $$@ $$(filter %.json,$$^)
-include $(2:%=build/book/parts/$1/%.d)
endef
written = $(patsubst chapters/$1/%.md,%,$(wildcard $(book_order:%=chapters/$1/%.md)))
$(foreach l,en fr,$(eval $(call book_language,$l,$(call written,$l))))

# --- the slides ---------------------------------------------------------------------
## slides: the lectures of both languages, a file of reveal.js each, and as PDF (slides-en, slides-fr: one)
##fr slides: les cours des deux langues, un fichier reveal.js chacun, et en PDF (slides-en, slides-fr : une seule)
.PHONY: slides slides-en slides-fr
slides: build/.packages-book
	$(Q)$(MAKE) -s -j$(shell getconf _NPROCESSORS_ONLN) slides-en slides-fr

slides_looks := $(wildcard slides/assets/* slides/templates/* chapters/vendor/*/* \
    chapters/vendor/*/*/*) slides/render.sh slides/paper.py chapters/filters/course.lua
present = $(Q)test ! -t 1 || echo "  $@"; sh slides/render.sh

# $1: en or fr, $2: its decks that are written.
define slides_language
slides-$1: $(2:%=build/slides/$1/%.html) $(addprefix build/slides/$1/,course.html \
    course.pdf course-handout.pdf index.html plan.html book.css page.css)
build/slides/parts/$1/%.json: slides/$1/%.md $(wildcard chapters/filters/*) \
    slides/render.sh | build/.packages-book build/slides/$1 build/slides/parts/$1
	$$(present) part $1 $$* $$@
build/slides/$1/%.html: build/slides/parts/$1/%.json $(slides_looks)
	$$(present) deck $1 $$@ $$<
build/slides/$1/%-handout.pdf: build/slides/parts/$1/%.json $(slides_looks)
	$$(present) handout $1 $$@ $$<
build/slides/$1/%.pdf: build/slides/parts/$1/%.json $(slides_looks)
	$$(present) paper $1 $$@ $$<
build/slides/$1/course.html: $(2:%=build/slides/parts/$1/%.json) $(slides_looks)
	$$(present) deck $1 $$@ $$(filter %.json,$$^)
build/slides/$1/course.pdf: $(2:%=build/slides/parts/$1/%.json) $(slides_looks)
	$$(present) paper $1 $$@ $$(filter %.json,$$^)
build/slides/$1/course-handout.pdf: $(2:%=build/slides/parts/$1/%.json) $(slides_looks)
	$$(present) handout $1 $$@ $$(filter %.json,$$^)
build/slides/$1/index.html: $(2:%=build/slides/parts/$1/%.json) build/slides/$1/course.pdf \
    build/slides/$1/course-handout.pdf
	$$(present) index $1 $$@ $$(filter %.json,$$^)
build/slides/$1/plan.html: slides/$1/plan.md $(slides_looks) | build/slides/$1
	$$(present) plan $1 $$@
build/slides/$1/book.css: chapters/assets/book.css | build/slides/$1
	$$(Q)cp $$< $$@
build/slides/$1/page.css: slides/assets/page.css | build/slides/$1
	$$(Q)cp $$< $$@
-include $(2:%=build/slides/parts/$1/%.d)
endef
lectured = $(patsubst slides/$1/%.md,%,$(wildcard $(patsubst %,slides/$1/%.md,00-introduction $(names) capstone today)))
$(foreach l,en fr,$(eval $(call slides_language,$l,$(call lectured,$l))))

# --- for who only reads -------------------------------------------------------------
## site: book and slides of both languages under one page, for a web server or a folder
##fr site: le livre et les diapositives des deux langues sous une page, pour un serveur ou un dossier
.PHONY: site release
site: book slides
	$(Q)sh slides/site.sh site build/site
	@echo build/site/index.html

## release: that folder as one archive, with its version and checksums
##fr release: ce dossier en une archive, avec sa version et ses sommes de contrôle
release: site
	$(Q)sh slides/site.sh release build/site build/release

# --- proofs -------------------------------------------------------------------------
## test: prove the lab itself; the last line is N passed, N failed, N skipped
##fr test: mettre l’atelier lui-même à l’épreuve ; la dernière ligne dit N passed, N failed, N skipped
.PHONY: test
test: build/.packages-test
	$(Q)sh tests/run.sh

## unit: the CUnit tests of the parsers, judges and reports alone
##fr unit: les tests CUnit des lecteurs, des juges et des rapports, seuls
.PHONY: unit
unit: build/unit$(way)
	$(Q)LAB_LANG=en build/unit$(way)

## fuzz: each parser under libFuzzer for SECONDS (600)
##fr fuzz: chaque lecteur sous libFuzzer pendant SECONDS (600)
.PHONY: fuzz fuzzers
fuzz: fuzzers
	$(Q)sh tests/fuzz/fuzz.sh $(or $(SECONDS),600)

fuzzed := strace ps proc json syslog config
fuzz_clang = clang -std=c17 -O1 -g -fno-omit-frame-pointer \
    -fno-sanitize-recover=all $(WARNINGS) $(tool_flags)
## fuzzers: build the fuzz targets alone
##fr fuzzers: compiler ces programmes, sans les lancer
fuzzers: $(fuzzed:%=build/fuzz/%)
build/fuzz/%.o: tests/%.c | build/.packages-test
	$(Q)mkdir -p $(@D)
	$(Q)$(fuzz_clang) -fsanitize=fuzzer-no-link,address,undefined -c -o $@ $<
build/fuzz/steps/config.o: steps/config.c | build/.packages-test
	$(Q)mkdir -p $(@D)
	$(Q)$(fuzz_clang) -fsanitize=fuzzer-no-link,address,undefined -c -o $@ $<
fuzz_objects := $(patsubst tests/%.c,build/fuzz/%.o,tests/fuzz/common.c \
    $(filter-out %/proc.c,$(wildcard tests/observe/*.c)))
$(fuzzed:%=build/fuzz/%): build/fuzz/%: build/fuzz/fuzz/%.o \
    $(fuzz_objects) build/fuzz/steps/config.o
	$(Q)$(fuzz_clang) -fsanitize=fuzzer,address,undefined -o $@ $^ -ljansson
-include $(wildcard build/fuzz/*/*.d)

## soak: N chains on a busy machine; no verdict may change (N=300); then soak-capstone
##fr soak: N chaînes sur une machine occupée ; aucun verdict ne doit changer (N=300) ; puis soak-capstone
.PHONY: soak
soak: build/.packages-core $(lab) build/locale
	$(Q)sh tests/soak.sh chains $(or $(N),300)
	$(Q)$(MAKE) -s soak-capstone

## soak-mistakes: all mistakes and right ways N times on a busy machine (N=20)
##fr soak-mistakes: toutes les fautes et bonnes manières, N fois sur une machine occupée (N=20)
.PHONY: soak-mistakes
soak-mistakes: build/.packages-test $(lab) build/locale
	$(Q)sh tests/soak.sh mistakes $(or $(N),20)

## soak-capstone: bbserve's tests at full size: killed 1,000 times, fuzzed for 10 minutes
##fr soak-capstone: les tests de bbserve en grand, avec 1 000 SIGKILL et 10 minutes d’entrées hasardeuses
.PHONY: soak-capstone
soak-capstone: build/.packages-test
	$(Q)sh tests/capstone/run.sh long

## lint: static analysis of C and shell, style; the book validated, spelt, looked at
##fr lint: analyse statique du C et du shell, style ; le livre validé, épelé, regardé
.PHONY: lint
lint: build/.packages-lint
	$(Q)sh tests/lint.sh

## bench: how long from a changed file to its verdict, as ratios
##fr bench: le temps d’un fichier modifié à son verdict, en rapports
.PHONY: bench
bench: build/.packages-core build/bench $(lab) build/locale
	$(Q)$(MAKE) -s STEPS=solutions programs
	$(Q)BENCH_COMPILE='$(compile)' build/bench $(lab) build/solutions $(or $(ROUNDS),9)

build/bench: tests/bench/bench.c | build
	$(Q)$(CC) $(CFLAGS) -o $@ $< $(libraries)

## golden: what a student reads of each named mistake, as text to review
##fr golden: ce qu’un étudiant lit de chaque faute, en texte à relire
.PHONY: golden
golden: build/.packages-core build/corpus seen build/locale
	$(Q)sh tests/golden.sh tests/golden

## mutants: each check made to pass always: which mistakes find it out
##fr mutants: chaque vérification rendue indulgente : quelles fautes la démasquent
.PHONY: mutants
mutants: build/.packages-core build/corpus seen
	$(Q)build/corpus mutants

## table: count checks, mistakes, right ways, faults in tests/README.md
##fr table: compter dans tests/README.md vérifications, fautes, bonnes manières, pannes
.PHONY: table
table: build/.packages-core build/corpus seen
	$(Q)sh tests/table.sh tests/README.md

## coverage: which lines of the judges and instruments the proofs run (gcov)
##fr coverage: quelles lignes des juges et des instruments les preuves parcourent (gcov)
.PHONY: coverage
coverage: build/.packages-core
	$(Q)sh tests/coverage/coverage.sh

# What was seen of each mistake stays good as long as nothing has changed that
# makes it or looks at it: to change a judge costs no new run.
seen := $(patsubst tests/%.c,build/seen/%.json,$(wildcard tests/mistakes/*/*.c))
## seen: play each named mistake that was not yet seen, or has changed
##fr seen: jouer chaque faute qui n’a pas encore été vue, ou qui a changé
.PHONY: seen solved-programs
seen_solved := $(patsubst %,build/seen/solutions/%.json,$(names) capstone)
seen: $(seen) $(seen_solved)
$(seen) $(seen_solved): $(wildcard steps/*.[ch] solutions/*.c $(addsuffix /capstone/*.[ch],steps solutions)) \
    $(call objects,$(foreach room,box observe scenarios,$(wildcard tests/$(room)/*.c))) \
    | $(lab) build/locale solved-programs
$(seen): build/seen/%.json: tests/%.c
	$(Q)sh tests/prove/one.sh $<
$(seen_solved): build/seen/solutions/%.json:
	$(Q)mkdir -p $(@D)
	$(Q)$(lab) check $* --programs build/solutions$(way) --quiet --seed 1 --observation $@
solved-programs:
	$(Q)$(MAKE) -s STEPS=solutions programs

# --- the chain with one technique left out ------------------------------------------
ablation := build/ablation$(way)

## ablation: each check on the chain without each technique, in the terminal and as SVG
##fr ablation: chaque vérification sur la chaîne privée de chaque technique, au terminal et en SVG
.PHONY: ablation ablation-programs
ablation: build/.packages-draw $(lab) build/draw$(way) build/locale
	$(Q)$(MAKE) -s -j4 STEPS=solutions REFERENCE= ablation-programs
	$(Q)rm -f $(ablation).json
	$(Q)$(lab) ablation --programs $(ablation) --json $(ablation).json || \
	    [ $$? -eq 77 ]
	$(Q)test ! -f $(ablation).json || build/draw$(way) $(ablation).json $(ablation)

build/draw$(way): $(call objects,tests/ablation/draw.c $(drawing) $(filter-out tests/lab.c,$(tool_sources)))
	$(Q)$(CC) $(CFLAGS) -o $@ $^ $(libraries) -lxml2

$(ablation)/leave-out.o: $(leave_out) steps/daemon.h | $(ablation)
	$(Q)$(CC) $(CFLAGS) -c -o $@ $<

# $1: what is left out, $2: the program, $3: its number
define program_without
ablation-programs: $(ablation)/without-$1/$2
$(ablation)/without-$1/$2: $(patsubst %,$(mine)/%.o,$(filter-out $1,$(upto_$2))) \
    $(ablation)/leave-out.o $(support:%=$(score)/%-$3.o) \
    $(shared:%=$(score)/%.o) | $(ablation)/without-$1
	$$(Q)$$(link)
endef
$(foreach name,$(names),$(foreach left,$(upto_$(name)),\
    $(eval $(call program_without,$(left),$(name),$(firstword $(subst -, ,$(name)))))))

$(ablation) $(names:%=$(ablation)/without-%):
	$(Q)mkdir -p $@

# --- the rest -----------------------------------------------------------------------
# Each goal installs what it needs itself, and only that.
build/.packages-%: tests/setup.sh | build
	$(Q)sh tests/setup.sh $*
	$(Q)touch $@

$(sort build build/book/en build/book/fr build/book/parts/en build/book/parts/fr build/slides/en build/slides/fr build/slides/parts/en build/slides/parts/fr build/results $(chain) $(mine) $(theirs) $(score)):
	$(Q)mkdir -p $@

## clean: remove all that was made (build/)
##fr clean: effacer tout ce qui a été fait (build/)
.PHONY: clean
clean:
	rm -rf build

## help: this list
##fr help: cette liste
.PHONY: help
spoken := $(or $(LAB_LANG),$(LC_ALL),$(LC_MESSAGES),$(LANG))
help:
	@sed -n 's/^##$(if $(filter fr%,$(spoken)),fr) \([^:]*\): /\1\t/p' $(MAKEFILE_LIST) | expand -t 19
