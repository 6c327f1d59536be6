-- figure.lua: a picture drawn by the tool becomes part of the page, so that
-- its colours follow the page's, and its title and description are read out
--
--     ![The same process, before and after.](../figures/02-setsid.en.svg)
local lib = dofile(PANDOC_SCRIPT_FILE:gsub("[^/]*$", "") .. "lib.lua")
local count = 0

-- An id is used once in a page: the picture's own get its number.
local function number_ids(svg, mark)
	svg = svg:gsub(' id="([^"]+)"', ' id="' .. mark .. '-%1"')
	svg = svg:gsub('aria%-labelledby="(%S+) (%S+)"',
	    'aria-labelledby="' .. mark .. "-%1 " .. mark .. '-%2"')
	return svg
end

-- A picture knows its dark colours by what the reader prefers; a page has a
-- button as well, which may say otherwise.
local function follow_page(svg)
	return (svg:gsub("<style>(.-)</style>", function(style)
		local rules = style:match(
		    "^@media %(prefers%-color%-scheme: dark%) {(.*)}%s*$")
		if not rules then lib.die("a picture's style isn't understood") end
		local function under(root)
			return rules:gsub("%s*([^{}]+){([^{}]*)}", function(names, look)
				return "\n" .. root .. " " .. names .. "{" .. look .. "}"
			end)
		end
		return "<style>@media screen and (prefers-color-scheme: dark) {" ..
		    under(":root:not([data-theme=light])") ..
		    "}\n@media screen {" .. under(":root[data-theme=dark]") ..
		    "}</style>"
	end))
end

-- On a slide a picture is as big as there is room for, and has light colours
-- alone.  A step's is cut in two, side by side: before and after, each below
-- its own title; part=after is one of them, and the class "daemon" the last
-- session of each, which is the daemon's.
local room = { width = 1152, height = 556, gap = 56, title = 46, caption = 56 }

local function fit(svg, top, bottom, space)
	local width = tonumber(svg:match('viewBox="0 0 (%d+) '))
	local scale = math.min(space.width / width, space.height / (bottom - top))
	return (svg:gsub('viewBox="[^"]*" width="%d+" height="%d+"',
	    string.format('viewBox="0 %d %d %d" width="%d" height="%d"', top, width,
	    bottom - top, width * scale // 1, (bottom - top) * scale // 1), 1))
end

-- Only what is between these heights: what is cut off isn't found by a search.
local function between(svg, top, bottom)
	return (svg:gsub("\n *<[^\n]*", function(element)
		local y = tonumber(element:match(' y="([%d.]+)"'))
		if y and (y < top or y > bottom) then return "" end
	end))
end

-- The parts of a step's picture: where each begins and ends, and its title.
local function parts(svg, daemon)
	local all = {}
	for y, title in svg:gmatch('<text x="8" y="(%d+)"[^>]*>([^<]*)</text>') do
		all[#all + 1] = { top = tonumber(y) + 6, title = title }
	end
	if #all ~= 2 then return nil end
	all[1].name, all[2].name = "before", "after"
	all[1].bottom = all[2].top - 35
	all[2].bottom = tonumber(svg:match('viewBox="0 0 %d+ (%d+)"'))
	for _, part in ipairs(daemon and all or {}) do
		for y in svg:gmatch('<rect x="8" y="(%d+)"') do
			y = tonumber(y)
			if y > part.top and y < part.bottom then part.top = y - 3 end
		end
	end
	return all
end

local function for_slide(svg, image)
	svg = svg:gsub("<style>.-</style>%s*", "", 1)
	local height = room.height - (#image.caption > 0 and room.caption or 0)
	local all, shown = parts(svg, image.classes:includes("daemon")), {}
	for _, part in ipairs(all or {}) do
		if (image.attributes.part or part.name) == part.name then
			shown[#shown + 1] = part
		end
	end
	if #shown == 0 then
		return fit(svg, 0, tonumber(svg:match('viewBox="0 0 %d+ (%d+)"')),
		    { width = room.width, height = height })
	end
	-- Its title is said above, in bigger letters.
	svg = svg:gsub('<text x="8" y="%d+"[^>]*>[^<]*</text>%s*', "")
	local out = {}
	for i, part in ipairs(shown) do
		out[i] = '<div class="panel"><p>' .. part.title .. "</p>" .. fit(
		    number_ids(between(svg, part.top, part.bottom), part.name),
		    part.top, part.bottom, {
			width = (room.width - room.gap * (#shown - 1)) / #shown,
			height = height - room.title,
		    }) .. "</div>"
	end
	return table.concat(out)
end

function Para(paragraph)
	local image = #paragraph.content == 1 and paragraph.content[1]
	if not image or image.t ~= "Image" or not image.src:match("%.svg$") then
		return nil
	end
	local path = image.src:gsub("^%.%./%.%./", ""):gsub("^%.%./", "chapters/")
	local svg = table.concat(lib.lines(path), "\n")
	if not svg:find("<title", 1, true) then
		lib.die("%s has no title", path)
	end
	if FORMAT:match("native") then return nil end
	count = count + 1
	-- In a page the picture is no document of its own.
	svg = svg:gsub("^<%?xml.-%?>%s*", ""):gsub(' xml:lang="%a+"', "", 1)
	svg = number_ids(svg, "figure-" .. lib.page .. "-" .. count)
	if lib.slides then svg = for_slide(svg, image)
	elseif not lib.whole then svg = follow_page(svg) end
	local open = image.identifier ~= "" and
	    '<figure id="' .. image.identifier .. '">' or "<figure>"
	if lib.slides and #image.caption == 0 then
		return pandoc.RawBlock("html", open .. '<div class="picture">' .. svg ..
		    "</div></figure>")
	end
	return {
		pandoc.RawBlock("html", open .. '<div class="picture">' .. svg ..
		    "</div><figcaption>"),
		pandoc.Plain(image.caption),
		pandoc.RawBlock("html", "</figcaption></figure>"),
	}
end
