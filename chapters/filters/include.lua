-- include.lua: code comes from the real files
--
--     ``` {.c include="steps/02-setsid.c" function="start_session"}
--
-- include    the file, from the project's root
-- function   the definition of that name, as the code is laid out here: its
--            type on the line above, a brace in the first column at its end
-- contract   the comment above a prototype, and the prototype
-- from, to   from the first line that has this text to the next that has that
--            one, both included
-- Nothing: the whole file; from and to cut a function too.  What isn't found
-- stops the build.
local lib = dofile(PANDOC_SCRIPT_FILE:gsub("[^/]*$", "") .. "lib.lua")

local function find(lines, text, first)
	for i = first, #lines do
		if lines[i]:find(text, 1, true) then return i end
	end
end

local function need(line, path, what)
	if not line then lib.die("%s has no %s", path, what) end
	return line
end

local function cut_function(lines, name, path)
	for i = 2, #lines do
		if lines[i]:sub(1, #name + 1) == name .. "(" then
			for j = i, #lines do
				if lines[j] == "}" then return i - 1, j end
			end
		end
	end
	lib.die("%s doesn't define %s", path, name)
end

local function cut_contract(lines, name, path)
	local last = need(find(lines, name .. "(", 1), path, name)
	local first = last
	while first > 0 and lines[first] ~= "/*" do first = first - 1 end
	need(first > 0 and first, path, "comment above " .. name)
	while not lines[last]:find(";%s*$") do last = last + 1 end
	return first, last
end

local function cut(lines, attributes, path)
	if attributes.contract then
		return cut_contract(lines, attributes.contract, path)
	end
	local first, last = 1, #lines
	if attributes["function"] then
		first, last = cut_function(lines, attributes["function"], path)
	end
	if attributes.from then
		first = need(find(lines, attributes.from, first), path,
		    "line with " .. attributes.from)
	end
	if attributes.to then
		last = need(find(lines, attributes.to, first), path,
		    "line with " .. attributes.to)
	end
	return first, last
end

-- Half as far as the editor shows it: pages are narrow.
local function narrow(line)
	local tabs, rest = line:match("^(\t*)(.*)$")
	return ("    "):rep(#tabs) .. rest:gsub("\t", "    ")
end

function CodeBlock(block)
	local path = block.attributes.include
	if not path or block.classes:includes("terminal") then return nil end
	local lines = lib.lines(path)
	local first, last = cut(lines, block.attributes, path)
	local text = {}
	for i = first, last do text[#text + 1] = narrow(lines[i]) end
	if lib.slides then text = lib.without_margin(text) end
	local code = pandoc.CodeBlock(table.concat(text, "\n"),
	    pandoc.Attr(block.identifier, block.classes))
	if FORMAT:match("native") then return code end
	local classes = { "listing" }
	if lib.slides then classes[2] = lib.size(text) end
	return pandoc.Div({
		pandoc.Plain({ pandoc.Span({ pandoc.Str(path) },
		    pandoc.Attr("", { "file" })) }),
		code,
	}, pandoc.Attr("", classes))
end
