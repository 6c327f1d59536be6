-- course.lua: what a deck's parts become in one HTML file
--
-- Notes are an <aside>, as reveal.js wants them.  Where the environment has
-- SLIDES_ALL, decks stand below each other, one column of the overview each,
-- and each id gets its deck's name before it, also in links.
local all = os.getenv("SLIDES_ALL")

local function aside(div)
	if not div.classes:includes("notes") then return nil end
	local out = pandoc.List({ pandoc.RawBlock("html",
	    '<aside class="notes">') })
	out:extend(div.content)
	out:insert(pandoc.RawBlock("html", "</aside>"))
	return out
end

local function rename(deck)
	return pandoc.walk_block(deck, {
		Div = function(div)
			if div.classes:includes("slide") then
				div.identifier = deck.identifier .. "-" ..
				    div.identifier
				return div
			end
		end,
		Link = function(link)
			local page, id = link.target:match("^([%w-]+)%.html#?/?(.*)$")
			if page then
				link.target = "#/" .. page .. "-" ..
				    (id == "" and "start" or id)
				return link
			end
		end,
	})
end

function Pandoc(doc)
	local blocks = pandoc.List()
	for _, deck in ipairs(doc.blocks) do
		if all then
			deck = rename(deck)
			deck.identifier = ""
			deck.classes = { "section" }
			deck.attributes = {}
			blocks:insert(deck)
		else
			blocks:extend(deck.content)
		end
	end
	return pandoc.Pandoc(blocks, doc.meta)
end

return { { Pandoc = Pandoc }, { Div = aside } }
