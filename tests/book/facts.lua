-- facts.lua: what a chapter is made of, one fact a line, into $BOOK_FACTS
--
--     head 2 idea              a heading: its level, its id (a slide's: its
--                              minutes)
--     code steps/daemon.h …    an inclusion: the file, what of it
--     terminal 02-accident     a transcript
--     picture 02-setsid        whatever its language
--     div exercise             a marked passage
--     table 3                  its columns
--     link 01-fork.md#idea
--
-- Runs before the book's own filters: it sees what the author wrote.
local out = {}
local function put(...) out[#out + 1] = table.concat({ ... }, " ") end

local function code(block)
	local a = block.attributes
	if block.classes:includes("terminal") then
		put("terminal", a.include or "here")
	elseif a.include then
		put("code", a.include, a["function"] or a.contract or
		    (a.from or "") .. ".." .. (a.to or ""))
	else
		put("code", "here", block.classes[1] or "plain")
	end
end

local handlers = {
	Header = function(h)
		put("head", tostring(h.level), h.identifier, h.attributes.minutes)
	end,
	CodeBlock = code,
	Div = function(d) put("div", table.concat(d.classes, "."), d.identifier) end,
	Table = function(t) put("table", tostring(#t.colspecs)) end,
	Image = function(i)
		put("picture", (i.src:gsub("^.*/", ""):gsub("%.%a%a%.svg$", "")))
	end,
}

-- In the order of the page; pandoc's own walk goes by kind.
local function walk(blocks)
	for _, block in ipairs(blocks) do
		if handlers[block.t] then handlers[block.t](block) end
		if block.t == "Div" or block.t == "BlockQuote" then
			walk(block.content)
		elseif block.t == "BulletList" or block.t == "OrderedList" then
			for _, item in ipairs(block.content) do walk(item) end
		end
		if block.t == "Para" and #block.content == 1 and
		    block.content[1].t == "Image" then
			handlers.Image(block.content[1])
		end
	end
end

-- Links in the order of their names: two originals may place them elsewhere.
function Pandoc(doc)
	local links = {}
	put("title", doc.meta.title and "yes" or "no",
	    doc.meta.summary and "summary" or "no-summary",
	    doc.meta.step and pandoc.utils.stringify(doc.meta.step) or "")
	walk(doc.blocks)
	pandoc.walk_block(pandoc.Div(doc.blocks), {
		Link = function(link) links[#links + 1] = "link " .. link.target end,
	})
	table.sort(links)
	local file = assert(io.open(os.getenv("BOOK_FACTS"), "w"))
	file:write(table.concat(out, "\n"), "\n")
	if #links > 0 then file:write(table.concat(links, "\n"), "\n") end
	file:close()
end
