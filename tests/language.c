/*
 * language - chooses the messages' language; see language.h
 */
#define _GNU_SOURCE

#include <ctype.h>
#include <err.h>
#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "language.h"

static const char *chosen = "en";

/* "fr", "fr_FR.UTF-8", "fr:en" are French; "frr" is another language. */
static bool
is_in(const char *locale, const char *wanted)
{
	size_t length = strlen(wanted);

	return strncasecmp(locale, wanted, length) == 0 &&
	    !isalpha((unsigned char)locale[length]);
}

static const char *
variable(const char *name)
{
	const char *value = getenv(name);

	return value != NULL ? value : "";
}

/* The locale's language for messages, in the order that gettext follows. */
static const char *
wanted_by_locale(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
	const char *locale = "", *list = variable("LANGUAGE");

	for (size_t i = 0; i < 3 && *locale == '\0'; i++)
		locale = variable(names[i]);
	/* Who asks for C asks for English, whatever LANGUAGE says. */
	if (is_in(locale, "C") || is_in(locale, "POSIX"))
		if (strchr(locale, '.') == NULL)
			return "en";
	for (; *list != '\0'; list += strspn(list, ":")) {
		if (is_in(list, "fr"))
			return "fr";
		if (is_in(list, "en"))
			return "en";
		list += strcspn(list, ":");
	}
	return is_in(locale, "fr") ? "fr" : "en";
}

/*
 * setlocale fails where fr_FR was never generated, and gettext heeds LANGUAGE
 * in any locale but "C": so the locale is one that is always there, and
 * LANGUAGE alone says which language.  The other categories stay "C": numbers
 * in JSON and CSV keep their point.
 */
static void
enter_utf8(void)
{
	static const char *const names[] = { "C.UTF-8", "C.utf8",
		"en_US.UTF-8", "fr_FR.UTF-8", "" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (setlocale(LC_CTYPE, names[i]) != NULL &&
		    setlocale(LC_MESSAGES, names[i]) != NULL)
			return;
}

/* The catalogues lie in `locale` beside the tool, wherever that is. */
static void
open_catalogue(void)
{
	char path[PATH_MAX + sizeof("/locale")];
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);
	char *slash;

	if (length <= 0)
		return;		/* no /proc: English, the messages' own */
	path[length] = '\0';
	slash = strrchr(path, '/');
	if (slash == NULL)
		return;
	memcpy(slash, "/locale", sizeof("/locale"));
	bindtextdomain("lab", path);
	bind_textdomain_codeset("lab", "UTF-8");
	textdomain("lab");
}

void
choose_language(void)
{
	const char *wish = variable("LAB_LANG");

	if (strcmp(wish, "fr") == 0)
		chosen = "fr";
	else if (strcmp(wish, "en") == 0)
		chosen = "en";
	else
		chosen = wanted_by_locale();
	if (*wish != '\0' && strcmp(wish, chosen) != 0)
		warnx("LAB_LANG can be \"fr\" or \"en\"; it is neither, so "
		    "the locale's language is taken (\"%s\").", chosen);
	enter_utf8();
	if (setenv("LANGUAGE", chosen, 1) != 0)
		err(99, "setenv LANGUAGE");
	open_catalogue();
}

const char *
language(void)
{
	return chosen;
}
