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

function Para(paragraph)
	local image = #paragraph.content == 1 and paragraph.content[1]
	if not image or image.t ~= "Image" or not image.src:match("%.svg$") then
		return nil
	end
	local path = image.src:gsub("^%.%./", "chapters/")
	local svg = table.concat(lib.lines(path), "\n")
	if not svg:find("<title", 1, true) then
		lib.die("%s has no title", path)
	end
	if FORMAT:match("native") then return nil end
	count = count + 1
	-- In a page the picture is no document of its own.
	svg = svg:gsub("^<%?xml.-%?>%s*", ""):gsub(' xml:lang="%a+"', "", 1)
	svg = number_ids(svg, "figure-" .. lib.page .. "-" .. count)
	if not lib.whole then svg = follow_page(svg) end
	local open = image.identifier ~= "" and
	    '<figure id="' .. image.identifier .. '">' or "<figure>"
	return {
		pandoc.RawBlock("html", open .. '<div class="picture">' .. svg ..
		    "</div><figcaption>"),
		pandoc.Plain(image.caption),
		pandoc.RawBlock("html", "</figcaption></figure>"),
	}
end
