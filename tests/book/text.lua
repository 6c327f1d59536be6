-- text.lua: the chapter's words as they will be read, into $BOOK_TEXT: one
-- block a line, with code as it is, and into $BOOK_PROSE without any code.
-- Runs after the book's filters; "== id" stands where a section begins.
local text, prose = {}, {}

-- A quotation in another language is marked as such, and is not ours to spell.
local function without_foreign(block)
	return pandoc.walk_block(block, { Span = function(span)
		if span.attributes.lang then return {} end
	end })
end

-- What stands in cells and items beside each other is apart.
local function apart(leaf)
	leaf.content:insert(pandoc.Space())
	return leaf
end

local function words(block, with_code)
	local parts = {}
	local function put(text) parts[#parts + 1] = text end
	local function space() put(" ") end
	if not with_code then block = without_foreign(pandoc.Div({ block })) end
	block = pandoc.walk_block(pandoc.Div({ block }), { Plain = apart,
	    Para = apart })
	local inlines = pandoc.utils.blocks_to_inlines({ block },
	    { pandoc.LineBreak() })
	pandoc.walk_block(pandoc.Plain(inlines), {
		Str = function(s) put(s.text) end,
		Space = space, SoftBreak = space, LineBreak = space,
		Quoted = function(q)
			local open = q.quotetype == "DoubleQuote" and "“" or "‘"
			local close = q.quotetype == "DoubleQuote" and "”" or "’"
			return { pandoc.Str(open .. pandoc.utils.stringify(q.content) ..
			    close) }
		end,
		Code = function(c) put(with_code and c.text or "`") end,
	})
	return table.concat(parts)
end

local function write(path, lines)
	local file = assert(io.open(path, "w"))
	file:write(table.concat(lines, "\n"), "\n")
	file:close()
end

function Pandoc(doc)
	for _, name in ipairs({ "title", "summary" }) do
		local inlines = doc.meta[name]
		if inlines then
			prose[#prose + 1] = words(pandoc.Plain(inlines), false)
		end
	end
	for _, block in ipairs(doc.blocks) do
		if block.t == "Header" then
			text[#text + 1] = "== " .. block.identifier
		end
		text[#text + 1] = words(block, true)
		prose[#prose + 1] = words(block, false)
	end
	write(os.getenv("BOOK_TEXT"), text)
	write(os.getenv("BOOK_PROSE"), prose)
end
