-- course.lua: decks, as slides.lua left them, become one document
--
-- What for, SLIDES_FOR says: "screen", where notes are an <aside> as reveal.js
-- wants them; "paper", a slide a page, without notes; "handout", a slide above
-- its notes.  With SLIDES_ALL set the decks are one course: on the screen each
-- is a column of the overview; each id gets its deck's name before it, and
-- links follow.
local all = os.getenv("SLIDES_ALL")
local purpose = os.getenv("SLIDES_FOR")

local function is_slide(div) return div.classes:includes("slide") end

local function mark(deck, id) return (all and deck .. "-" or "") .. id end

local function rename(deck)
	return pandoc.walk_block(deck, {
		Div = function(div)
			if is_slide(div) then
				div.identifier = mark(deck.identifier, div.identifier)
				return div
			end
		end,
		Link = function(link)
			if link.target:match("^https?:") then return nil end
			-- On paper a lecture may be alone, and far from the book.
			if purpose ~= "screen" then return link.content end
			local page, id = link.target:match("^([%w-]+)%.html#?/?(.*)$")
			if page and (all or page == deck.identifier) then
				link.target = "#/" .. mark(page, id == "" and "start" or id)
				return link
			end
		end,
	})
end

local function raw(text) return pandoc.RawBlock("html", text) end

-- The slide without its notes, and they.
local function apart(slide)
	local shown, notes = pandoc.List(), pandoc.List()
	for _, block in ipairs(slide.content) do
		if block.t == "Div" and block.classes:includes("notes") then
			notes:extend(block.content)
		else
			shown:insert(block)
		end
	end
	slide.content = shown
	return slide, notes
end

local arrange = {}

function arrange.screen(slide)
	local notes
	slide, notes = apart(slide)
	slide.content:insert(raw('<aside class="notes">'))
	slide.content:extend(notes)
	slide.content:insert(raw("</aside>"))
	return slide
end

function arrange.paper(slide) return (apart(slide)) end

function arrange.handout(slide)
	local notes
	slide, notes = apart(slide)
	local first = slide.classes:includes("title") and "lecture" or nil
	return pandoc.Div({
		slide,
		pandoc.Div(notes, pandoc.Attr("", { "notes" })),
	}, pandoc.Attr("", { "sheet", first }))
end

function Pandoc(doc)
	local blocks = pandoc.List()
	for _, deck in ipairs(doc.blocks) do
		local slides = rename(deck).content:map(arrange[purpose])
		if all and purpose == "screen" then
			blocks:insert(pandoc.Div(slides, pandoc.Attr("", { "section" })))
		else
			blocks:extend(slides)
		end
	end
	return pandoc.Pandoc(blocks, doc.meta)
end
