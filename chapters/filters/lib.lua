-- lib.lua: what the filters of the book share
--
-- The environment says what is made: BOOK_LANG, BOOK_PAGE (02-setsid),
-- BOOK_KIND ("page": one HTML page; "whole": a chapter of the PDF and the
-- EPUB; "slides": a deck), BOOK_ROOT (the project's folder) and BOOK_DEPENDS
-- (a file that collects what the page was made from, for make).
local lib = {
	lang = os.getenv("BOOK_LANG") or "en",
	page = os.getenv("BOOK_PAGE") or "page",
	whole = os.getenv("BOOK_KIND") == "whole",
	slides = os.getenv("BOOK_KIND") == "slides",
	root = os.getenv("BOOK_ROOT") or ".",
}

-- Whatever is missing or doesn't fit stops the build, with one sentence.
function lib.die(format, ...)
	io.stderr:write(string.format("%s/%s: " .. format .. "\n", lib.lang,
	    lib.page, ...))
	os.exit(1)
end

-- The lines of a file of the project; make learns that the page needs it.
function lib.lines(path)
	local file = io.open(lib.root .. "/" .. path, "r")
	if not file then lib.die("there is no %s", path) end
	local lines = {}
	for line in file:lines() do lines[#lines + 1] = line end
	file:close()
	local depends = os.getenv("BOOK_DEPENDS")
	if depends then
		local out = assert(io.open(depends, "a"))
		out:write(path, "\n")
		out:close()
	end
	return lines
end

-- On a slide text is as big as its lines allow: as many columns and rows as
-- a slide holds at 32, 28, 26, 24, 22 pixels; above, at 20.
local sizes = {
	{ "text-32", 57, 9 },
	{ "text-28", 66, 12 }, { "text-26", 71, 13 }, { "text-24", 77, 14 },
	{ "text-22", 84, 15 },
}

function lib.size(lines)
	local widest = 0
	for _, line in ipairs(lines) do
		widest = math.max(widest, utf8.len(line) or #line)
	end
	for _, size in ipairs(sizes) do
		if widest <= size[2] and #lines <= size[3] then return size[1] end
	end
	return "text-20"
end

-- What is cut out of the middle stands at the left.
function lib.without_margin(lines)
	local margin = 99
	for _, line in ipairs(lines) do
		if line:find("%S") then
			margin = math.min(margin, #line:match("^ *"))
		end
	end
	for i, line in ipairs(lines) do lines[i] = line:sub(margin + 1) end
	return lines
end

function lib.escape(text)
	return (text:gsub("&", "&amp;"):gsub("<", "&lt;"):gsub(">", "&gt;")
	    :gsub('"', "&quot;"))
end

local words = {
	en = { window = "another window", closed = "the window is closed" },
	fr = { window = "une autre fenêtre", closed = "la fenêtre est fermée" },
}
function lib.word(name) return words[lib.lang][name] end

return lib
