-- terminal.lua: what was typed and what appeared
--
--     ``` {.terminal include="02-accident"}
--
-- shows chapters/transcripts/02-accident.txt, or where the tool speaks
-- 02-accident.en.txt; see chapters/README.md.  After each prompt, what was
-- typed stands out; "lab$ " is a prompt in the box, "$ " at a line's beginning
-- one outside.  A line "=== window" begins another window's screen, and
-- "=== closed" says that the window was closed.
--
-- A slide has its own in slides/transcripts too, and shows less of one:
-- from, to   from the first line that has this text to the next that has that
-- typed      as a class: only what was typed
-- mark       lines that have one of these texts (a|b) stand out
local lib = dofile(PANDOC_SCRIPT_FILE:gsub("[^/]*$", "") .. "lib.lua")
local inside, outside = "lab$ ", "$ "

local function is_there(path)
	local file = io.open(lib.root .. "/" .. path, "r")
	if file then file:close() end
	return file ~= nil
end

local function read(name)
	local folder = "chapters/transcripts/"
	if lib.slides and is_there("slides/transcripts/" .. name .. ".script") then
		folder = "slides/transcripts/"
	end
	local own = folder .. name .. "." .. lib.lang .. ".txt"
	return lib.lines(is_there(own) and own or folder .. name .. ".txt")
end

-- A no-break space is looked for as a space.
local function position(lines, text, first)
	for i = first, #lines do
		local line = lines[i]:gsub("\u{a0}", " "):gsub("\u{202f}", " ")
		if line:find(text, 1, true) then return i end
	end
	lib.die("the transcript has no line with %s", text)
end

local function is_typed(line)
	return line:find(inside, 1, true) or line:sub(1, #outside) == outside
end

local function cut(lines, block)
	local from, to = block.attributes.from, block.attributes.to
	local first = from and position(lines, from, 1) or 1
	local last = to and position(lines, to, first) or #lines
	local kept = {}
	for i = first, last do
		if not block.classes:includes("typed") or is_typed(lines[i]) then
			kept[#kept + 1] = lines[i]
		end
	end
	return lib.without_margin(kept)
end

local function is_marked(line, marks)
	if is_typed(line) then return false end
	for mark in (marks or ""):gmatch("[^|]+") do
		if line:find(mark, 1, true) then return true end
	end
	return false
end

local function paint(line)
	local at, after = line:find(inside, 1, true)
	if not at and line:sub(1, #outside) == outside then
		at, after = 1, #outside
	elseif not at then
		return lib.escape(line)
	end
	return lib.escape(line:sub(1, at - 1)) .. '<span class="prompt">' ..
	    lib.escape(line:sub(at, after)) .. '</span><span class="typed">' ..
	    lib.escape(line:sub(after + 1)) .. "</span>"
end

-- One screen after the other; each is a list of lines.
local function screens(lines)
	local all = { { lines = {} } }
	for _, line in ipairs(lines) do
		local event = line:match("^=== (%a+)$")
		if event == "window" then
			all[#all + 1] = { caption = lib.word("window"), lines = {} }
		elseif event == "closed" then
			all[#all].closed = true
		else
			table.insert(all[#all].lines, line)
		end
	end
	return all
end

local function draw(screen, class, marks)
	local out = { '<div class="' .. class .. '">' }
	if screen.caption then
		out[#out + 1] = '<p class="file">' .. screen.caption .. "</p>"
	end
	local painted = {}
	for i, line in ipairs(screen.lines) do
		painted[i] = paint(line)
		if is_marked(line, marks) then
			painted[i] = '<mark>' .. painted[i] .. "</mark>"
		end
	end
	out[#out + 1] = '<pre class="screen"><code>' ..
	    table.concat(painted, "\n") .. "\n</code></pre>"
	if screen.closed then
		out[#out + 1] = '<p class="closed">' .. lib.word("closed") .. "</p>"
	end
	out[#out + 1] = "</div>"
	return table.concat(out, "")
end

function CodeBlock(block)
	if not block.classes:includes("terminal") then return nil end
	local name = block.attributes.include
	local lines = name and read(name) or {}
	if not name then
		for line in (block.text .. "\n"):gmatch("(.-)\n") do
			lines[#lines + 1] = line
		end
	end
	if FORMAT:match("native") then
		return pandoc.CodeBlock(table.concat(lines, "\n"))
	end
	local class, out = "terminal", {}
	if lib.slides then
		lines = cut(lines, block)
		class = class .. " " .. lib.size(lines)
	end
	for _, screen in ipairs(screens(lines)) do
		-- What is cut at a window's beginning leaves nothing before it.
		if #screen.lines > 0 or not lib.slides then
			out[#out + 1] = draw(screen, class, block.attributes.mark)
		end
	end
	return pandoc.RawBlock("html", table.concat(out, "\n"))
end
