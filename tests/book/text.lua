-- text.lua: the chapter's words as they will be read, into $BOOK_TEXT: one
-- block a line, with code as it is, and into $BOOK_PROSE without any code.
-- Runs after the book's filters; "== id" stands where a section begins.
local text, prose = {}, {}

local function words(block, with_code)
	local parts = {}
	pandoc.walk_block(pandoc.Div({ block }), {
		Str = function(s) parts[#parts + 1] = s.text end,
		Space = function() parts[#parts + 1] = " " end,
		SoftBreak = function() parts[#parts + 1] = " " end,
		LineBreak = function() parts[#parts + 1] = " " end,
		Quoted = function(q)
			local open = q.quotetype == "DoubleQuote" and "“" or "‘"
			local close = q.quotetype == "DoubleQuote" and "”" or "’"
			return { pandoc.Str(open .. pandoc.utils.stringify(q.content) ..
			    close) }
		end,
		Code = function(c) parts[#parts + 1] = with_code and c.text or "`" end,
		CodeBlock = function(c)
			if with_code then parts[#parts + 1] = "\n" .. c.text .. "\n" end
		end,
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
