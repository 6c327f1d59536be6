/*
 * json - the ablation between the program that plays it and the one that
 * draws it
 */
#include <stdio.h>
#include <string.h>

#include "ablation/ablation.h"
#include "report/report.h"

json_t *
ablation_to_json(const struct ablation *ablation)
{
	json_t *cells = json_array();

	for (int without = 1; without <= TECHNIQUES; without++)
		for (int check = without; check <= TECHNIQUES; check++) {
			const struct cell *cell =
			    &ablation->cells[without][check];

			if (cell->played)
				json_array_append_new(cells, json_pack(
				    "{s:i, s:i, s:s, s:b, s:s}",
				    "without", without, "check", check,
				    "status", status_word(cell->status),
				    "own", cell->own,
				    "failed", cell->failed));
		}
	return json_pack("{s:i, s:o}", "schema", 1, "cells", cells);
}

static int
read_status(const char *word, enum status *status)
{
	static const enum status all[] = { STATUS_PASS, STATUS_FAIL,
		STATUS_SKIP, STATUS_ERROR };

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (strcmp(word, status_word(all[i])) == 0) {
			*status = all[i];
			return 0;
		}
	return -1;
}

static int
read_cell(struct ablation *ablation, json_t *json)
{
	const char *word, *failed;
	int without, check, own;

	if (json_unpack(json, "{s:i, s:i, s:s, s:b, s:s}", "without",
	    &without, "check", &check, "status", &word, "own", &own, "failed",
	    &failed) == -1 ||
	    without < 1 || check < without || check > TECHNIQUES)
		return -1;
	struct cell *cell = &ablation->cells[without][check];
	cell->own = own != 0;
	cell->played = true;
	snprintf(cell->failed, sizeof(cell->failed), "%s", failed);
	return read_status(word, &cell->status);
}

int
ablation_from_json(struct ablation *ablation, json_t *json)
{
	json_t *cells, *cell;
	int schema;
	size_t i;

	memset(ablation, 0, sizeof(*ablation));
	if (json_unpack(json, "{s:i, s:o}", "schema", &schema, "cells",
	    &cells) == -1 || schema != 1 || !json_is_array(cells))
		return -1;
	json_array_foreach(cells, i, cell)
		if (read_cell(ablation, cell) == -1)
			return -1;
	return 0;
}
