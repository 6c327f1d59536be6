/*
 * report - the reports, on verdicts and observations made by hand
 */
#define _GNU_SOURCE

#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "language.h"
#include "report/report.h"
#include "report/words.h"
#include "unit/unit.h"

/*
 * Verdicts.
 */

static const struct check made_up[] = {
	{ "null", true, "0, 1 and 2 are /dev/null", NULL },
	{ "read", true, "0 can be read", NULL },
	{ "write", true, "1 and 2 can be written", NULL },
	{ "leads", true, "nothing else was left open", NULL },
	{ "cheap", false, "its cost does not grow with the limit", NULL },
};

static struct verdict *
add_verdict(struct result *result, size_t check, enum status status)
{
	struct verdict *verdict = observation_add(result, verdicts, count);

	verdict->check = &made_up[check];
	verdict->status = status;
	return verdict;
}

static void
add_evidence(struct verdict *verdict, const char *line)
{
	char **added = observation_add(verdict, evidence, evidence_count);

	*added = text("%s", line);
}

static struct verdict *
add_failure(struct result *result, size_t check, const char *cause)
{
	struct verdict *verdict = add_verdict(result, check, STATUS_FAIL);

	verdict->expected = text("%s", "/dev/null, the device 1:3");
	verdict->found = text("%s", "/dev/pts/0");
	verdict->cause = cause;
	verdict->cause_text = text("%s", "Was open's result given to dup2?");
	verdict->action = text("%s", "Read man 2 dup.");
	return verdict;
}

static char *
console_text(const struct result *result, const struct observation *seen)
{
	char *output = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&output, &size);

	report_console(out, result, seen);
	fclose(out);
	return output;
}

static bool
fits_page(const char *output)
{
	while (*output != '\0') {
		size_t length = strcspn(output, "\n");

		if (words_width(output, length) > PAGE_WIDTH)
			return false;
		output += length + (output[length] == '\n');
	}
	return true;
}

static size_t
occurrences(const char *where, const char *what)
{
	size_t sum = 0;

	for (; (where = strstr(where, what)) != NULL; where++)
		sum++;
	return sum;
}

/* A line of 200 characters without a blank, and letters of two bytes. */
static void
test_failure_is_whole(void)
{
	struct result result = { .step = "05-devnull",
		.status = STATUS_FAIL };
	struct verdict *verdict = add_failure(&result, 0, "05-devnull.dup");
	char *long_line = text("%s%0200d%s", "lr-x 0 -> ", 7, " end"), *output;

	add_evidence(verdict, long_line);
	free(verdict->found);
	verdict->found = text("%s", "constaté\u00a0: « à é è ê » œuvré là où "
	    "l’été dernier déjà le démon s’était détaché du terminal, "
	    "sans qu’aucun descripteur n’ait été fermé");
	output = console_text(&result, NULL);
	prove(fits_page(output), "a line is wider than 80 columns:\n%s",
	    output);
	prove(strstr(output, " end") != NULL, "the evidence's end is lost");
	prove(strstr(output, "fermé\n") != NULL, "what was found is cut");
	prove(strstr(output, "dup2?") != NULL, "the question is missing");
	prove(strstr(output, "man 2 dup") != NULL, "the action is missing");
	prove(strchr(output, '\033') == NULL, "colours without a terminal");
	prove(occurrences(output, "0") > 200, "digits of the evidence lost");
	free(output);
	free(long_line);
	result_free(&result);
}

/* Where the catalogue was made, the labels are wider and have accents. */
static void
test_french_fits(void)
{
	struct result result = { .step = "05-devnull",
		.status = STATUS_FAIL };
	char *before = text("%s", language()), *output;

	for (size_t i = 0; i < 3; i++)
		add_evidence(add_failure(&result, i, NULL), "PID PPID SID");
	add_verdict(&result, 3, STATUS_ERROR);
	setenv("LAB_LANG", "fr", 1);
	choose_language();
	output = console_text(&result, NULL);
	prove(strcmp(language(), "fr") == 0, "the language is \"%s\"",
	    language());
	prove(fits_page(output), "French is wider than 80 columns:\n%s",
	    output);
	prove(occurrences(output, "  PID PPID SID\n") == 3,
	    "evidence is missing in French:\n%s", output);
	setenv("LAB_LANG", before, 1);
	choose_language();
	free(before);
	free(output);
	result_free(&result);
}

static void
test_same_cause_once(void)
{
	struct result result = { .step = "05-devnull",
		.status = STATUS_FAIL };
	char *output;

	add_failure(&result, 0, "05-devnull.dup");
	add_failure(&result, 1, "05-devnull.other");
	add_failure(&result, 2, "05-devnull.dup");
	output = console_text(&result, NULL);
	prove(occurrences(output, "dup2?") == 2, "causes told %zu times, "
	    "not twice:\n%s", occurrences(output, "dup2?"), output);
	prove(strstr(output, made_up[2].property) != NULL,
	    "a property that shares its cause is missing");
	free(output);
	result_free(&result);
}

static void
test_summary(void)
{
	struct result result = { .step = "05-devnull",
		.status = STATUS_FAIL };
	struct verdict *verdict;
	char *output;

	add_verdict(&result, 0, STATUS_PASS);
	add_verdict(&result, 1, STATUS_PASS);
	add_failure(&result, 2, "05-devnull.dup");
	verdict = add_verdict(&result, 3, STATUS_SKIP);
	verdict->expected = text("%s", "NEVER SHOWN");
	verdict->found = text("%s", "Only one id: install uidmap.");
	verdict = add_verdict(&result, 4, STATUS_ADVICE);
	verdict->found = text("%s", "1,000 calls of close");
	output = console_text(&result, NULL);
	prove(strstr(output, "05-devnull: 2 passed, 1 failed, 1 skipped, "
	    "1 piece of advice") != NULL, "the summary differs:\n%s", output);
	prove(strstr(output, "make 05") != NULL, "no next gesture");
	prove(strstr(output, "install uidmap") != NULL, "no reason of a skip");
	prove(strstr(output, "NEVER") == NULL, "a skip expects something");
	prove(strstr(output, "1,000 calls") != NULL, "the advice is missing");
	free(output);
	result_free(&result);
}

/* The harness's fault is told as its own, once, and no hint is offered. */
static void
test_harness_fault(void)
{
	struct result result = { .step = "05-devnull",
		.status = STATUS_ERROR };
	char *output;

	for (size_t i = 0; i < 3; i++)
		add_verdict(&result, i, STATUS_ERROR)->found =
		    text("%s", "strace could not be started");
	output = console_text(&result, NULL);
	prove(occurrences(output, "could not be started") == 1,
	    "one fault is told more than once:\n%s", output);
	prove(strstr(output, "no fault of your program") != NULL &&
	    strstr(output, "hint") == NULL, "the student is blamed:\n%s",
	    output);
	free(output);
	result_free(&result);
}

static void
test_nothing_judged(void)
{
	struct result result = { .step = "99-nowhere",
		.status = STATUS_PASS };
	char *output = console_text(&result, NULL);

	prove(strstr(output, "99-nowhere") != NULL, "no title: %s", output);
	free(output);
}

/*
 * Text.
 */

static void
expect_visible(const char *given, const char *wanted)
{
	char *visible = words_visible(given);

	prove(strcmp(visible, wanted) == 0, "\"%s\" came out, not \"%s\"",
	    visible, wanted);
	free(visible);
}

static void
test_visible(void)
{
	expect_visible("plain, été, 日本\n", "plain, été, 日本\n");
	expect_visible("\033[2J\a\b\x7f", "\\x1b[2J\\x07\\x08\\x7f");
	expect_visible("a\xc2\x9b" "2J", "a\\u009b2J");
	expect_visible("\xe2\x80\xaetxt", "\\u202etxt");
	expect_visible("\xff\xc0\x80\xed\xa0\x80",
	    "\\xff\\xc0\\x80\\xed\\xa0\\x80");
	expect_visible("\xe2\x82", "\\xe2\\x82");
	expect_visible("\xf3\xa0\x81\x81", "\\U000e0041");
	expect_visible("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
	expect_visible("one\r\ntwo\rthree", "one\ntwo\\x0dthree");
	expect_visible("a\tb\n\tc", "a       b\n        c");
	expect_visible("", "");
}

static void
test_repair(void)
{
	char *valid = words_repair("a\xff\xe2\x82z\xc3\xa9");

	prove(strcmp(valid, "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\xc3\xa9")
	    == 0, "repaired to \"%s\"", valid);
	free(valid);
}

static void
expect_lines(const char *given, int room, const char *wanted)
{
	char *output = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&output, &size);
	struct line line;

	if (out == NULL)
		memory_exhausted();
	while (words_next(&given, room, &line))
		fprintf(out, "%.*s|", line.length, line.start);
	fclose(out);
	prove(strcmp(output, wanted) == 0, "wrapped to \"%s\", not \"%s\"",
	    output, wanted);
	free(output);
}

static void
test_wrapping(void)
{
	expect_lines("", 5, "");
	expect_lines("one two", 3, "one|two|");
	expect_lines("one two", 7, "one two|");
	expect_lines("one  two\n\nthree\n", 5, "one|two||three|");
	expect_lines("abcdefgh", 3, "abc|def|gh|");
	expect_lines("   abcdef", 5, "   ab|cdef|");
	expect_lines("été été", 3, "été|été|");
	expect_lines("a\u00a0b c", 4, "a\u00a0b|c|");
	expect_lines("abc", 0, "a|b|c|");
}

/*
 * JSON.
 */

static void
test_json(void)
{
	struct result result = { .step = "05-devnull",
		.status = STATUS_FAIL, .seconds = 1.5 };
	struct observation seen = { .seed = text("42"),
		.mode = text("range") };
	json_t *report, *checks, *failed;

	add_verdict(&result, 0, STATUS_PASS);
	add_evidence(add_failure(&result, 1, "05-devnull.dup"),
	    "0 -> \xff\033");
	report = report_json(&result, &seen);
	checks = json_object_get(report, "checks");
	failed = json_array_get(checks, 1);
	prove(json_array_size(checks) == 2, "%zu checks, not 2",
	    json_array_size(checks));
	prove(json_is_null(json_object_get(json_array_get(checks, 0),
	    "cause")), "a check that passed has a cause");
	prove(strcmp(json_string_value(json_object_get(json_object_get(
	    failed, "cause"), "key")), "05-devnull.dup") == 0,
	    "the cause's key differs");
	prove(strcmp(json_string_value(json_array_get(json_object_get(failed,
	    "evidence"), 0)), "0 -> \xef\xbf\xbd\033") == 0,
	    "the evidence isn't repaired");
	prove(strcmp(json_string_value(json_object_get(json_object_get(
	    report, "volatile"), "seed")), "42") == 0, "no seed");
	json_decref(report);
	report = report_json(&result, NULL);
	prove(report != NULL, "no report without an observation");
	json_decref(report);
	observation_free(&seen);
	result_free(&result);
}

/* A folder of the test's own; removed by its user. */
static char *
make_folder(void)
{
	const char *parent = getenv("TMPDIR");
	char *folder = text("%s/report.XXXXXX",
	    parent != NULL ? parent : "/tmp");

	prove(mkdtemp(folder) != NULL, "mkdtemp %s: %s", folder,
	    strerror(errno));
	return folder;
}

static void
test_save(void)
{
	char *folder = make_folder(), *path = text("%s/report.json", folder);
	char *stale = text("%s.%ld.0", path, (long)getpid());
	json_t *report = json_pack("{s:i}", "schema", 1), *again;
	int fd = open(stale, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	prove(fd >= 0, "%s: %s", stale, strerror(errno));
	close(fd);
	prove(report_save(report, path) == 0 && report_save(report, path) == 0,
	    "a stale file stops it: %s", strerror(errno));
	again = json_load_file(path, 0, NULL);
	prove(json_equal(report, again), "what was saved differs");
	json_decref(again);
	json_decref(report);
	unlink(stale);
	unlink(path);
	prove(rmdir(folder) == 0, "something is left in %s", folder);
	free(stale);
	free(path);
	free(folder);
}

static void
test_save_nowhere(void)
{
	json_t *report = json_pack("{s:i}", "schema", 1);

	errno = 0;
	prove(report_save(report, "/proc/none/report.json") == -1 &&
	    errno == ENOENT, "a folder that isn't there: %s",
	    strerror(errno));
	prove(report_save(report, "/dev/null/report.json") == -1 &&
	    errno == ENOTDIR, "a file as folder: %s", strerror(errno));
	prove(report_save(report, "/proc/report.json") == -1 && errno != 0,
	    "/proc could be written");
	json_decref(report);
}

/* A file size limit stops a write half-way, as a full disk does. */
static void
test_save_full(void)
{
	char *folder = make_folder(), *path = text("%s/report.json", folder);
	char *filler = text("%01000d", 0);
	json_t *report = json_pack("{s:s}", "filler", filler);
	struct rlimit before, tight;
	struct sigaction ignore = { .sa_handler = SIG_IGN }, old;
	int result, error;

	getrlimit(RLIMIT_FSIZE, &before);
	tight = before;
	tight.rlim_cur = 100;
	sigaction(SIGXFSZ, &ignore, &old);
	setrlimit(RLIMIT_FSIZE, &tight);
	result = report_save(report, path);
	error = errno;
	setrlimit(RLIMIT_FSIZE, &before);
	sigaction(SIGXFSZ, &old, NULL);
	prove(result == -1 && error == EFBIG, "saved %d, %s", result,
	    strerror(error));
	prove(rmdir(folder) == 0, "half a report is left in %s", folder);
	json_decref(report);
	free(filler);
	free(path);
	free(folder);
}

/*
 * Picture and trace.
 */

static struct process *
add_process(struct snapshot *snapshot, int pid, int sid)
{
	struct process *process =
	    observation_add(snapshot, processes, process_count);

	process->pid = process->pgid = pid;
	process->ppid = 1;
	process->sid = sid;
	process->state = text("S");
	process->comm = text("05-devnull");
	process->cwd = text("/");
	process->root = text("/");
	process->ignored = text("0000000000000800");
	return process;
}

static void
add_descriptor(struct process *process, int number, const char *target)
{
	struct descriptor *descriptor =
	    observation_add(process, descriptors, descriptor_count);

	descriptor->number = number;
	descriptor->target = text("%s", target);
	descriptor->flags = O_RDWR;
}

static void
add_event(struct run *run, int pid, const char *name, const char *arguments,
    long result)
{
	struct event *event = observation_add(run, events, event_count);

	event->pid = pid;
	event->kind = text("call");
	event->name = text("%s", name);
	event->arguments = text("%s", arguments);
	event->result = result;
	event->finished = true;
}

static void
fail_event(struct run *run, const char *error)
{
	struct event *event = &run->events[run->event_count - 1];

	event->result = -1;
	event->error = text("%s", error);
}

/* Two processes: 4 starts, forks 5, ends; 5 has a session of its own. */
static void
fill(struct observation *seen)
{
	struct run *run = observation_add(seen, runs, run_count);
	struct start *start = observation_add(run, starts, start_count);
	struct snapshot *snapshot;

	seen->step = text("05-devnull");
	run->name = text("traced");
	start->name = text("first");
	start->launcher = 4;
	start->daemon = 5;
	start->status = -1;
	snapshot = observation_add(run, snapshots, snapshot_count);
	snapshot->moment = text("before");
	add_process(snapshot, 4, 3)->terminal = 136 << 8;
	add_descriptor(snapshot->processes, 0, "/dev/pts/0");
	add_descriptor(snapshot->processes, 5000,
	    "/a/path/that/is/far/too/long/for/one/cell/and/goes/on (deleted)");
	snapshot = observation_add(run, snapshots, snapshot_count);
	snapshot->moment = text("after");
	add_process(snapshot, 5, 5);
	add_descriptor(snapshot->processes, 0, "/dev/null");
}

static void
fill_events(struct run *run)
{
	add_event(run, 4, "dup", "9", 10);	/* the box's, before execve */
	add_event(run, 4, "execve", "\"/x\", ...", 0);
	add_event(run, 4, "openat", "AT_FDCWD, \"/etc/ld.so.cache\"", 3);
	add_event(run, 4, "close", "3", 0);
	add_event(run, 5, "set_robust_list", "0x7, 24", 0);
	add_event(run, 5, "setsid", "", 5);
	add_event(run, 4, "clone", "child_stack=NULL", 5);
	add_event(run, 4, "exit_group", "0", 0);
	add_event(run, 9, "chdir", "\"/stranger\"", 0);
	for (int i = 100; i < 200; i++) {
		char *number = text("%d", i);

		add_event(run, 5, "close", number, -1);
		fail_event(run, "EBADF");
		free(number);
	}
	add_event(run, 5, "openat", "AT_FDCWD, \"/dev/null\", O_RDWR", 3);
	add_event(run, 5, "dup2", "3, 0", 0);
	add_event(run, 5, "rt_sigsuspend", "[], 8", -1);
	run->events[run->event_count - 1].finished = false;
}

typedef void reporter(FILE *, const struct observation *);

static char *
drawn(reporter *report, const struct observation *seen)
{
	char *output = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&output, &size);

	report(out, seen);
	fclose(out);
	return output;
}

static void
test_picture(void)
{
	struct observation seen = { 0 };
	char *output;

	fill(&seen);
	output = drawn(report_picture, &seen);
	prove(fits_page(output), "wider than 80 columns:\n%s", output);
	prove(strstr(output, "> descriptor 0") != NULL &&
	    strstr(output, "* /dev/null rw") != NULL,
	    "the step's own row isn't marked:\n%s", output);
	prove(strstr(output, "(deleted)") != NULL, "a long target is cut:\n%s",
	    output);
	prove(strstr(output, "USR2") != NULL, "no name of a signal");
	prove(strstr(output, "pts/0") != NULL, "no name of the terminal");
	free(output);
	observation_free(&seen);
}

static void
test_picture_without_daemon(void)
{
	struct observation seen = { 0 };
	struct start *start;
	char *output;

	fill(&seen);
	start = &seen.runs[0].starts[0];
	start->daemon = 0;
	start->ended = true;
	start->status = 1 << 8;
	start->output = text("05-devnull: \033[31mFunction not implemented");
	output = drawn(report_picture, &seen);
	prove(strstr(output, "ended with status 1") != NULL,
	    "the end isn't told:\n%s", output);
	prove(strstr(output, "\\x1b[31mFunction") != NULL,
	    "what it said isn't shown, or not safely:\n%s", output);
	free(output);
	observation_free(&seen);
}

static void
test_trace(void)
{
	struct observation seen = { 0 };
	char *output;

	fill(&seen);
	fill_events(&seen.runs[0]);
	output = drawn(report_trace, &seen);
	prove(fits_page(output), "wider than 80 columns:\n%s", output);
	prove(strstr(output, "ld.so") == NULL &&
	    strstr(output, "robust") == NULL && strstr(output, "dup(9)") ==
	    NULL, "not the program's own calls:\n%s", output);
	prove(strstr(output, "stranger") == NULL, "not its process");
	prove(strstr(output, "> 5  dup2(3, 0) = 0") != NULL,
	    "the step's own call isn't marked:\n%s", output);
	prove(strstr(output, "  5  setsid() = 5") != NULL &&
	    strstr(output, "PID 5 leads it") != NULL,
	    "setsid isn't explained:\n%s", output);
	prove(strstr(output, "99 more calls") != NULL &&
	    strstr(output, "close(150)") == NULL, "a loop is told at length");
	prove(strstr(output, "rt_sigsuspend") != NULL, "the wait is missing");
	free(output);
	observation_free(&seen);
}

/* Five reloads are told as one. */
static void
test_trace_rounds(void)
{
	struct observation seen = { 0 };
	struct run *run;
	char *output;

	fill(&seen);
	run = &seen.runs[0];
	fill_events(run);
	for (int i = 0; i < 5; i++) {
		add_event(run, 5, "openat", "AT_FDCWD, \"/etc/conf\"", 3);
		add_event(run, 5, "close", "3", 0);
		add_event(run, 5, "rt_sigsuspend", "[], 8", -1);
	}
	output = drawn(report_trace, &seen);
	prove(occurrences(output, "/etc/conf") == 1 &&
	    strstr(output, "4 times") != NULL,
	    "five rounds are not told as one:\n%s", output);
	free(output);
	observation_free(&seen);
}

static void
test_empty_observation(void)
{
	struct observation seen = { .step = text("05-devnull") };
	reporter *const all[] = { report_picture, report_trace };
	char *output;

	for (size_t i = 0; i < 2; i++) {
		output = drawn(all[i], &seen);
		prove(strstr(output, "Nothing was") != NULL,
		    "an empty observation shows:\n%s", output);
		free(output);
	}
	observation_add(&seen, runs, run_count)->name = text("traced");
	for (size_t i = 0; i < 2; i++) {
		output = drawn(all[i], &seen);
		prove(strstr(output, "not started") != NULL,
		    "an empty run shows:\n%s", output);
		free(output);
	}
	observation_free(&seen);
}

CU_TestInfo report_tests[] = {
	{ "a failure is shown whole at 80 columns", test_failure_is_whole },
	{ "French fits the page too", test_french_fits },
	{ "a cause is explained once", test_same_cause_once },
	{ "the summary counts and names the next gesture", test_summary },
	{ "a harness fault is not the student's", test_harness_fault },
	{ "no verdict at all can be shown", test_nothing_judged },
	{ "others' text is made visible", test_visible },
	{ "broken UTF-8 is repaired", test_repair },
	{ "text wraps at blanks", test_wrapping },
	{ "JSON has every field", test_json },
	{ "a report is saved whole", test_save },
	{ "an unwritable folder is an error", test_save_nowhere },
	{ "a full disk leaves nothing behind", test_save_full },
	{ "the picture marks what changed", test_picture },
	{ "the picture tells of an end", test_picture_without_daemon },
	{ "the trace explains the program's own calls", test_trace },
	{ "the trace tells repeated rounds once", test_trace_rounds },
	{ "an empty observation can be shown", test_empty_observation },
	CU_TEST_INFO_NULL,
};
