/*
 * words - what stands in a text: numbers, signals, names
 */
#ifndef TESTS_CHECKS_WORDS_H
#define TESTS_CHECKS_WORDS_H

#include <stdbool.h>

/* True where both are there and equal. */
bool same_text(const char *one, const char *other);
/* The file's name, without its folders. */
const char *short_name(const char *path);
/* A number of a list by blanks, "0 1 2 9": is it there? */
bool number_in(const char *list, int number);
/* Anywhere in a text: digits that are no part of a longer number. */
bool names_number(const char *words, int number);
/* 1 or 0: the signal is in a set of 16 hex digits; -1: it can't be read. */
int signal_in(const char *set, int number);
/* "SIGHUP", or "signal 77". */
const char *signal_word(int number);
/* What an inode is, in the user's language: struct file's type. */
const char *type_words(const char *type);
/* The terminal of a tty_nr, as ps(1) names it: "pts/1".  Malloc'ed. */
char *terminal_name(int number);
/*
 * What a run's timeout tells, "first: PID 3 S (0.0 s)", as a sentence in the
 * user's language.  Malloc'ed.
 */
char *timeout_words(const char *timeout);
/* As in a C program, whole: a missing newline can be seen.  Malloc'ed. */
char *quoted(const char *content);

#endif
