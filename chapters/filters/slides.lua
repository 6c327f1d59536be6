-- slides.lua: a deck's sections, each with its notes and its time
--
--     ## An idea in one picture {#idea minutes=4}
--
-- begins a slide.  The slides are put into one Div, class "deck", with a title
-- slide made of what stands at the top of the file; ids get the deck's name
-- before them only where decks are put together (course.lua).  The notes of
-- each slide begin with its time; those of a slide "demo…" end with what is
-- typed, which is what its transcript was played from.
local lib = dofile(PANDOC_SCRIPT_FILE:gsub("[^/]*$", "") .. "lib.lua")

local words = {
	en = { typing = "To type:", plan = "minutes in all:", to = "to",
	    course = "The daemon lab", stage = "A terminal is ready, in big " ..
	    "letters: make shell STEPS=solutions" },
	fr = { typing = "À taper :", plan = "minutes en tout :", to = "à",
	    course = "L’atelier du démon", stage = "Un terminal est prêt, en " ..
	    "grands caractères : make shell STEPS=solutions" },
}
local word = words[lib.lang]

local function attribute(name, value) return pandoc.Attr("", { name }, value) end

local function line(class, ...)
	return pandoc.Div({ pandoc.Para({ ... }) }, attribute(class))
end

-- What was typed in the transcripts of a slide.
local function typed(blocks)
	local lines = {}
	pandoc.walk_block(pandoc.Div(blocks), { RawBlock = function(raw)
		for text in raw.text:gmatch('<span class="typed">(.-)</span>') do
			text = text:gsub("&lt;", "<"):gsub("&gt;", ">")
			    :gsub("&quot;", '"'):gsub("&amp;", "&")
			lines[#lines + 1] = text
		end
	end })
	return lines
end

-- One slide: its header, its blocks without the notes, its notes.
local function slide(header, blocks, clock)
	local minutes = tonumber(header.attributes.minutes)
	if not minutes then
		lib.die("the slide %s has no minutes", header.identifier)
	end
	local shown, notes = pandoc.List({ header }), pandoc.List()
	for _, block in ipairs(blocks) do
		if block.t == "Div" and block.classes:includes("notes") then
			notes:extend(block.content)
		else
			shown:insert(block)
		end
	end
	if #notes == 0 then
		lib.die("the slide %s has no notes", header.identifier)
	end
	notes:insert(1, line("clock", pandoc.Str(string.format(
	    "%g min (%g → %g)", minutes, clock, clock + minutes))))
	local commands = header.identifier:match("^demo") and typed(blocks) or {}
	if #commands > 0 then
		notes:insert(pandoc.Para({ pandoc.Str(word.typing) }))
		notes:insert(pandoc.CodeBlock(table.concat(commands, "\n")))
	end
	shown:insert(pandoc.Div(notes, attribute("notes")))
	local classes = pandoc.List({ "section", "slide" })
	classes:extend(header.classes)
	local id = header.identifier
	header.identifier, header.classes = "", {}
	header.attributes = {}
	return pandoc.Div(shown, pandoc.Attr(id, classes,
	    { ["data-timing"] = string.format("%d", minutes * 60 // 1) })),
	    clock + minutes
end

local function text_of(meta)
	return meta and pandoc.utils.stringify(meta) or ""
end

-- The twelve steps, with the place of this one.
local function way(meta)
	local here = tonumber(text_of(meta.step):match("^%d+")) or
	    (lib.page:match("^00") and 0 or 13)
	local row = pandoc.List()
	for i = 1, 12 do
		row:insert(pandoc.Span({ pandoc.Str(string.format("%02d", i)) },
		    attribute(i < here and "done" or i == here and "here" or
		    "ahead")))
		row:insert(pandoc.Space())
	end
	return pandoc.Div({ pandoc.Plain(row) }, attribute("way"))
end

local function opening(meta, plan, minutes)
	local number = text_of(meta.step):match("^%d+") or ""
	local notes = { line("clock", pandoc.Str(string.format("%g %s", minutes,
	    word.plan))), pandoc.BulletList(plan), pandoc.Para({
	    pandoc.Str(word.stage) }) }
	return pandoc.Div({
		line("course", pandoc.Str(word.course)),
		line("number", pandoc.Str(number)),
		pandoc.Header(1, { pandoc.Str(text_of(meta.title)) }),
		line("summary", pandoc.Str(text_of(meta.summary))),
		way(meta),
		pandoc.Div(notes, attribute("notes")),
	}, pandoc.Attr("start", { "section", "slide", "title" }))
end

function Pandoc(doc)
	local slides, plan, clock = pandoc.List(), {}, 0
	local header, blocks
	local function finish()
		if not header then return end
		local title = header.content
		plan[#plan + 1] = { pandoc.Plain(pandoc.List({ pandoc.Str(
		    tostring(header.attributes.minutes) .. " min – ") }) ..
		    title) }
		local made
		made, clock = slide(header, blocks, clock)
		slides:insert(made)
	end
	for _, block in ipairs(doc.blocks) do
		if block.t == "Header" and block.level == 2 then
			finish()
			header, blocks = block, {}
		elseif header then
			table.insert(blocks, block)
		else
			lib.die("something stands before the first slide")
		end
	end
	finish()
	slides:insert(1, opening(doc.meta, plan, clock))
	return pandoc.Pandoc({ pandoc.Div(slides, pandoc.Attr(lib.page,
	    { "deck" }, { ["data-title"] = text_of(doc.meta.title),
	    ["data-minutes"] = string.format("%g", clock) })) }, pandoc.Meta({}))
end
