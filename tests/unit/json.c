/*
 * json - tests of an observation: filling, searching, saving, loading
 */
#define _GNU_SOURCE
#include "observe/json.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "observe/shape.h"
#include "unit/unit.h"

/* --- A full observation, made from the shapes themselves -------------- */

static const char *const strings[] = {
	"", "05-devnull", "two\nlines\t\"quoted\" \\ \x01\x7f",
	"t\xc3\xa9ml\xc3\xa9gramme \xf0\x9f\x91\xbb",	/* UTF-8 */
	"b\xe9n\xff", "\xed\xa0\x80", "torn \xc3",	/* not UTF-8 */
	"{\"base16\": \"00\"}"
};

static void fill(const struct shape *shape, void *object);

static char *
some_string(void)
{
	unsigned choice = draw(9);

	return choice == 8 ? NULL : text("%s", strings[choice]);
}

static void
fill_array(const struct field *f, char *object)
{
	size_t size = f->kind == KIND_INTS ? sizeof(int) : f->shape->size;
	void *element;

	for (unsigned count = draw(4); count > 0; count--) {
		element = observation_grow((void **)(void *)(object +
		    f->offset), (size_t *)(void *)(object + f->count), size);
		if (f->kind == KIND_INTS)
			*(int *)element = INT_MIN + (int)draw(1000);
		else
			fill(f->shape, element);
	}
}

static void
fill(const struct shape *shape, void *object)
{
	char *base = object;
	void *at;

	for (const struct field *f = shape->fields; f->name != NULL; f++) {
		at = base + f->offset;
		if (f->kind == KIND_INT)
			*(int *)at = (int)draw(1000000) - 500000;
		else if (f->kind == KIND_LONG)
			*(long *)at = LONG_MAX - (long)draw(1000);
		else if (f->kind == KIND_BOOL)
			*(bool *)at = draw(2) == 1;
		else if (f->kind == KIND_STRING)
			*(char **)at = some_string();
		else if (f->kind == KIND_STRUCT)
			fill(f->shape, at);
		else
			fill_array(f, base);
	}
}

static void
same_after_a_journey(const struct observation *seen)
{
	json_t *saved = observation_to_json(seen), *read, *again;
	char *written = json_dumps(saved, JSON_COMPACT);
	struct observation back = { 0 };

	read = json_loads(written, 0, NULL);
	prove(observation_from_json(&back, read) == 0, "refused: %s",
	    written);
	again = observation_to_json(&back);
	prove(json_equal(saved, again), "not the same: %s", written);
	json_decref(saved);
	json_decref(read);
	json_decref(again);
	free(written);
	observation_free(&back);
}

static void
survives_a_journey(void)
{
	struct observation seen;

	memset(&seen, 0, sizeof(seen));
	same_after_a_journey(&seen);
	for (int i = 0; i < 100; i++) {
		fill(&observation_shape, &seen);
		same_after_a_journey(&seen);
		observation_free(&seen);
	}
}

static void
keeps_every_byte(void)
{
	struct run run = { 0 }, back = { 0 };
	json_t *json;

	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
		run_fact(&run, "byte", "%s", strings[i]);
	run.skipped = text("%0*d", 512 << 10, 0);
	memset(run.skipped, '\xe9', 512 << 10);
	json = run_to_json(&run);
	if (prove(run_from_json(&back, json) == 0 &&
	    back.fact_count == run.fact_count, "it was refused")) {
		for (size_t i = 0; i < run.fact_count; i++)
			prove_equal(back.facts[i].value, strings[i], "value");
		prove(strcmp(back.skipped, run.skipped) == 0, "512 KiB lost");
		prove_equal(back.fault, NULL, "fault");
	}
	json_decref(json);
	run_free(&run);
	run_free(&back);
}

/* --- The tables ------------------------------------------------------- */

static void
cover(char *map, size_t offset, size_t size)
{
	memset(map + offset, 1, size);
}

/* What no field covers must be padding: shorter than an alignment. */
static void
covers(const struct shape *shape)
{
	static const size_t sizes[] = {
		[KIND_INT] = sizeof(int), [KIND_LONG] = sizeof(long),
		[KIND_BOOL] = sizeof(bool), [KIND_STRING] = sizeof(char *),
		[KIND_INTS] = sizeof(int *), [KIND_ARRAY] = sizeof(void *)
	};
	char *map = text("%0*d", (int)shape->size, 0);
	size_t gap = 0;

	memset(map, 0, shape->size);
	for (const struct field *f = shape->fields; f->name != NULL; f++) {
		cover(map, f->offset, f->kind == KIND_STRUCT ? f->shape->size :
		    sizes[f->kind]);
		if (f->kind == KIND_INTS || f->kind == KIND_ARRAY)
			cover(map, f->count, sizeof(size_t));
		if (f->shape != NULL)
			covers(f->shape);
	}
	for (size_t i = 0; i < shape->size; i++) {
		gap = map[i] ? 0 : gap + 1;
		prove(gap < _Alignof(max_align_t) / 2, "byte %zu of the "
		    "structure with \"%s\" is in no field", i,
		    shape->fields[0].name);
	}
	free(map);
}

static void
tables_forget_no_field(void)
{
	covers(&observation_shape);
}

/* Small fields that, forgotten, would look like padding. */
static void
small_fields_are_kept(void)
{
	struct snapshot shot = { 0 };
	struct run run = { .traced = true }, back = { 0 };
	struct event *event = observation_add(&run, events, event_count);
	struct start *start = observation_add(&run, starts, start_count);
	struct process *process =
	    observation_add(&shot, processes, process_count);
	struct descriptor *descriptor =
	    observation_add(process, descriptors, descriptor_count);
	json_t *json;

	event->injected = start->settled = process->cwd_outside = true;
	process->terminal = process->mask = descriptor->number = 7;
	descriptor->outside = true;
	*observation_add(&run, snapshots, snapshot_count) = shot;
	json = run_to_json(&run);
	if (prove(run_from_json(&back, json) == 0, "it was refused")) {
		process = back.snapshots[0].processes;
		descriptor = process->descriptors;
		prove(back.traced && back.events[0].injected &&
		    back.starts[0].settled, "a bool of the run is lost");
		prove(process->cwd_outside && descriptor->outside,
		    "a bool of the process is lost");
		prove(process->terminal == 7 && process->mask == 7 &&
		    descriptor->number == 7, "a number is lost");
	}
	json_decref(json);
	run_free(&run);
	run_free(&back);
}

/* --- Refusals --------------------------------------------------------- */

static void
refused(json_t *json, const char *what)
{
	struct run run = { 0 };

	errno = 0;
	prove(run_from_json(&run, json) == -1 && errno == EINVAL,
	    "%s was accepted", what);
	run_free(&run);
	json_decref(json);
}

static json_t *
saved_run(void)
{
	struct run run = { 0 };
	struct snapshot *shot = observation_add(&run, snapshots,
	    snapshot_count);
	struct process *process = observation_add(shot, processes,
	    process_count);
	json_t *json;

	*observation_add(process, uids, uid_count) = 1701;
	observation_add(process, descriptors, descriptor_count)->number = 3;
	json = run_to_json(&run);
	run_free(&run);
	return json;
}

static void
refuses_missing_and_foreign_keys(void)
{
	json_t *json = saved_run(), *copy, *value;
	const char *key;

	json_object_foreach(json, key, value) {
		copy = json_deep_copy(json);
		json_object_del(copy, key);
		refused(copy, key);
		copy = json_deep_copy(json);
		json_object_set_new(copy, key, json_real(1.5));
		refused(copy, key);
	}
	json_object_set_new(json, "foreign", json_true());
	refused(json, "a foreign key");
}

static void
refuses_broken_values(void)
{
	static const char *const wrong[] = {
		"{}", "{\"base16\": 1}", "{\"base16\": \"\"}",
		"{\"base16\": \"0\"}", "{\"base16\": \"00\"}",
		"{\"base16\": \"6g\"}", "{\"base16\": \"FF\"}", "[]", "7"
	};
	json_t *json;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		json = saved_run();
		json_object_set_new(json, "name", json_loads(wrong[i],
		    JSON_DECODE_ANY, NULL));
		refused(json, wrong[i]);
	}
	json = saved_run();
	json_object_set_new(json_array_get(json_object_get(json_array_get(
	    json_object_get(json, "snapshots"), 0), "processes"), 0), "pid",
	    json_integer(1LL << 32));
	refused(json, "a PID of 2^32");
	refused(json_array(), "an array");
	refused(NULL, "nothing");
}

static void
survives_noise(void)
{
	struct run run = { 0 };
	json_t *json = saved_run();
	char *written = json_dumps(json, JSON_COMPACT);
	size_t length = strlen(written);
	char *noise;

	json_decref(json);
	for (unsigned round = 0; round < 20000; round++) {
		noise = text("%s", written);
		noise[draw((unsigned)length)] = (char)draw(128);
		json = json_loads(noise, JSON_DECODE_ANY, NULL);
		free(noise);
		if (run_from_json(&run, json) == -1 && errno != EINVAL)
			prove(false, "errno is %d", errno);
		run_free(&run);
		json_decref(json);
	}
	prove(true, "it came this far");
	free(written);
}

/* --- Filling and searching -------------------------------------------- */

static void
grows_and_finds(void)
{
	struct snapshot *shot;
	struct run run = { 0 };

	for (int i = 1; i <= 1000; i++) {
		shot = observation_add(&run, snapshots, snapshot_count);
		prove(shot->moment == NULL && shot->row_count == 0,
		    "snapshot %d was not zeroed", i);
		shot->moment = text("moment-%d", i);
		observation_add(shot, processes, process_count)->pid = i;
		observation_add(shot, rows, row_count)->pid = -i;
	}
	shot = &run.snapshots[776];
	prove(find_snapshot(&run, "moment-777") == shot, "777 not found");
	prove(find_snapshot(&run, "moment") == NULL, "a part was found");
	prove(find_process(shot, 777) == shot->processes, "no process 777");
	prove(find_process(shot, 7) == NULL, "a process 7");
	prove(find_row(shot, -777) == shot->rows, "no row -777");
	run_free(&run);
	prove(run.snapshots == NULL && run.snapshot_count == 0, "not emptied");
}

/* An array of exactly its size, as calloc(3) makes it, may grow too. */
static void
grows_what_others_allocated(void)
{
	struct process process = { 0 };

	process.uids = calloc(3, sizeof(int));
	if (process.uids == NULL)
		memory_exhausted();
	process.uid_count = 3;
	*observation_add(&process, uids, uid_count) = 7;
	prove(process.uid_count == 4 && process.uids[2] == 0 &&
	    process.uids[3] == 7, "the fourth id was lost");
	free(process.uids);
}

static void
finds_nothing_in_nothing(void)
{
	struct observation seen = { 0 };

	struct run *nameless = observation_add(&seen, runs, run_count);

	prove(nameless->name == NULL, "a new run has a name");
	prove(find_run(&seen, "traced") == NULL, "a run");
	prove(find_run(&seen, NULL) == NULL, "a run without name");
	prove(find_descriptor(find_process(find_snapshot(find_run(&seen,
	    "traced"), "after"), 4), 0) == NULL, "a descriptor");
	prove(find_file(NULL, "/") == NULL && find_row(NULL, 1) == NULL &&
	    find_start(NULL, "first") == NULL, "something in NULL");
	prove(find_fact(NULL, "shell") == NULL &&
	    find_setting(NULL, "mask") == NULL, "a value in NULL");
	observation_free(&seen);
}

static void
keeps_facts(void)
{
	struct observation seen = { 0 };
	struct run *run = observation_add(&seen, runs, run_count);

	run_fact(run, "shell", "%s", "gone");
	run_fact(run, "created", "/tmp/%d%%", 7);
	observation_setting(&seen, "mask", "0%o", 23U);
	prove_equal(find_fact(run, "shell"), "gone", "shell");
	prove_equal(find_fact(run, "created"), "/tmp/7%", "created");
	prove_equal(find_fact(run, "mask"), NULL, "mask in the run");
	prove_equal(find_setting(&seen, "mask"), "027", "mask");
	observation_free(&seen);
}

CU_TestInfo json_tests[] = {
	{ "an observation survives the journey", survives_a_journey },
	{ "every byte of a string is kept", keeps_every_byte },
	{ "the tables forget no field", tables_forget_no_field },
	{ "small fields are kept", small_fields_are_kept },
	{ "missing and foreign keys are refused",
	    refuses_missing_and_foreign_keys },
	{ "broken values are refused", refuses_broken_values },
	{ "survives noise", survives_noise },
	{ "arrays grow, elements are found", grows_and_finds },
	{ "arrays made elsewhere grow too", grows_what_others_allocated },
	{ "nothing is found in nothing", finds_nothing_in_nothing },
	{ "facts and settings are kept", keeps_facts },
	CU_TEST_INFO_NULL
};
