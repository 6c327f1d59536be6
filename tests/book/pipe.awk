# pipe.awk - draws the processes of a start, and the pipe between the first
# and the last of them, from what strace has seen of each
#
#     awk -v lang=fr -v style=FILE -f tests/book/pipe.awk capstone-order.txt
#
# A column is a process, time goes down.  A fork leads to the next column; the
# newline that the daemon writes leads back to the first, which has waited.

function say(en, fr) { return lang == "fr" ? fr : en }
function x(column) { return 56 + column * 104 }
function y(row) { return 92 + row * 30 }

function words(at, down, text, look, colour) {
	printf " <text x=\"%d\" y=\"%d\" text-anchor=\"middle\" class=\"fill-%s\" " \
	    "fill=\"%s\" %s>%s</text>\n", at, down, colour,
	    colour == "soft" ? "#545d69" : "#1b1f24", look, text
}

function line(x1, y1, x2, y2, colour, more) {
	printf " <path d=\"M%d %dL%d %d\" class=\"fill-none line-%s\" " \
	    "fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" %s/>\n",
	    x1, y1, x2, y2, colour, ink[colour], more
}

# An arrow to the right, or to the left.
function arrow(x1, x2, down, colour,    back) {
	back = x2 > x1 ? -6 : 6
	line(x1, down, x2, down, colour)
	line(x2 + back, down - 4, x2, down, colour)
	line(x2 + back, down + 4, x2, down, colour)
}

function box(column, row, rows, text, colour) {
	printf " <rect x=\"%d\" y=\"%d\" width=\"92\" height=\"%d\" rx=\"5\" " \
	    "class=\"fill-%s line-%s\" fill=\"%s\" stroke=\"%s\" " \
	    "stroke-width=\"1\"/>\n", x(column) - 46, y(row) - 11,
	    rows * 30 - 8, colour == "note" ? "note-ground" : "paper",
	    colour, colour == "note" ? "#fdeecb" : "#ffffff", ink[colour]
	words(x(column), y(row) + (rows - 1) * 15 + 4, text, mono, "ink")
}

BEGIN {
	ink["ink"] = "#1b1f24"
	ink["soft"] = "#545d69"
	ink["note"] = "#7a4b00"
	mono = "font-size=\"11.5\" font-family=\"monospace\""
	columns = -1
}
/^process / { pid[++columns] = $2; column[$2] = columns; next }
columns < 0 || !/^  / { next }
{ call = $1; sub(/\(.*/, "", call) }
call ~ /^(pipe2|clone|setsid|exit_group)$/ {
	calls[columns, ++count[columns]] = call
	next
}
call == "read" && !/"\\n"/ { next }
call == "read" { calls[columns, ++count[columns]] = call; next }
call == "write" && /"\\n"/ { calls[columns, ++count[columns]] = call; next }
columns > 0 && !between { between = 1; calls[columns, ++count[columns]] = "work" }

# The calls of a process from its `from`th on, the first of them in `row`;
# returns the row after the last of them and of what was started there.
function place(c, from, row,    i, end) {
	for (i = from; i <= count[c]; i++) {
		call = calls[c, i]
		if (call == "read")
			return row > end ? row : end
		at[c, i] = row++
		if (call == "work")
			row += 2
		if (call == "clone")
			end = place(c + 1, 1, row)
	}
	return row > end ? row : end
}

function work(c, row) {
	box(c, row, 3, "", "ink")
	words(x(c), y(row) + 27, "04 … 12,", mono, "ink")
	words(x(c), y(row) + 44, say("the service", "le service"),
	    "font-size=\"12\"", "ink")
}

function draw(c,    i, call, row) {
	for (i = 1; i <= count[c]; i++) {
		call = calls[c, i]
		row = at[c, i]
		if (call == "work")
			work(c, row)
		else
			box(c, row, 1, call == "clone" ? "fork" : \
			    call == "exit_group" ? "exit 0" : \
			    call == "pipe2" ? "pipe" : \
			    call == "write" ? "write \"\\n\"" : \
			    call == "read" ? "read \"\\n\"" : call,
			    call ~ /pipe2|read|write/ ? "note" : "ink")
		if (call == "clone")
			arrow(x(c) + 48, x(c + 1), y(row), "ink")
		if (call == "clone")
			line(x(c + 1), y(row), x(c + 1), y(row + 1) - 12, "ink")
	}
}

END {
	last = columns
	place(0, 1, 0)
	for (i = 1; i <= count[last]; i++)
		if (calls[last, i] == "write")
			word = at[last, i]
	for (i = 1; i <= count[0]; i++) {
		if (calls[0, i] == "read")
			at[0, i] = word
		if (calls[0, i] == "exit_group")
			at[0, i] = word + 1
	}
	# The daemon's end is another story.
	if (calls[last, count[last]] == "exit_group")
		count[last]--
	width = x(last) + 56
	height = y(word + 2) + 12
	print "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"lab-svg\" " \
	    "role=\"img\" aria-labelledby=\"capstone-title capstone-desc\" " \
	    "lang=\"%s\" xml:lang=\"%s\" viewBox=\"0 0 %d %d\" width=\"%d\" " \
	    "height=\"%d\" font-family=\"sans-serif\">\n", lang, lang, width,
	    height, width, height
	printf " <title id=\"capstone-title\">%s</title>\n",
	    say("The processes of a start, and the pipe",
	    "Les processus d'un lancement, et le tube")
	printf " <desc id=\"capstone-desc\">"
	for (c = 0; c <= last; c++) {
		printf say("Process %d: ", "Processus %d : "), pid[c]
		for (i = 1; i <= count[c]; i++)
			printf "%s%s", calls[c, i] == "work" ? "04-12" : \
			    calls[c, i] == "clone" ? "fork" : calls[c, i],
			    i < count[c] ? ", " : ". "
	}
	print "</desc>"
	while ((getline text <style) > 0)
		print text
	printf " <rect x=\"0\" y=\"0\" width=\"%d\" height=\"%d\" rx=\"6\" " \
	    "class=\"fill-paper line-none\" fill=\"#ffffff\"/>\n", width, height
	names = say("launcher,its child,session leader,daemon",
	    "lanceur,son fils,chef de session,démon")
	split(names, name, ",")
	for (c = 0; c <= last; c++) {
		words(x(c), 24, name[c + 1], "font-size=\"12\" font-weight=\"bold\"",
		    "ink")
		words(x(c), 42, "PID " pid[c], mono, "ink")
		words(x(c), 60, c == 0 ? say("reads", "lit") : \
		    say("can write", "peut écrire"), "font-size=\"12\"", "soft")
	}
	for (i = 1; i < count[0]; i++)
		if (calls[0, i] == "clone")
			line(x(0), y(at[0, i]) + 12, x(0), y(word) - 12, "soft",
			    "stroke-dasharray=\"4 4\"")
	line(x(last), y(word) + 12, x(last), height - 8, "ink")
	arrow(x(last) - 48, x(0) + 48, y(word), "note")
	for (c = 0; c <= last; c++)
		draw(c)
	words(x(last) - 36, height - 12, say("serves", "sert"),
	    "font-size=\"12\"", "soft")
	print "</svg>"
}
