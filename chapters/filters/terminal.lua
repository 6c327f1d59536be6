-- terminal.lua: what was typed and what appeared
--
--     ``` {.terminal include="02-accident"}
--
-- shows chapters/transcripts/02-accident.txt, or where the tool speaks
-- 02-accident.en.txt; see chapters/README.md.  After each prompt, what was
-- typed stands out; "lab$ " is a prompt in the box, "$ " at a line's beginning
-- one outside.  A line "=== window" begins another window's screen, and
-- "=== closed" says that the window was closed.
local lib = dofile(PANDOC_SCRIPT_FILE:gsub("[^/]*$", "") .. "lib.lua")
local inside, outside = "lab$ ", "$ "

local function read(name)
	local folder = "chapters/transcripts/"
	local own = folder .. name .. "." .. lib.lang .. ".txt"
	local file = io.open(lib.root .. "/" .. own, "r")
	if not file then return lib.lines(folder .. name .. ".txt") end
	file:close()
	return lib.lines(own)
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

local function draw(screen, class)
	local out = { '<div class="' .. class .. '">' }
	if screen.caption then
		out[#out + 1] = '<p class="file">' .. screen.caption .. "</p>"
	end
	local painted = {}
	for i, line in ipairs(screen.lines) do painted[i] = paint(line) end
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
	local out = {}
	for i, screen in ipairs(screens(lines)) do
		out[i] = draw(screen, "terminal")
	end
	return pandoc.RawBlock("html", table.concat(out, "\n"))
end
