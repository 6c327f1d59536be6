-- search.lua: what the page's search finds: one record for each section,
-- written to the file BOOK_SEARCH as JavaScript
local lib = dofile(PANDOC_SCRIPT_FILE:gsub("[^/]*$", "") .. "lib.lua")

local function quote(text)
	return '"' .. text:gsub("%s+", " "):gsub("\\", "\\\\")
	    :gsub('"', '\\"'):gsub("</", "<\\/") .. '"'
end

-- Only what is read as text: not the tags of pictures and transcripts.
local function text_of(block)
	if block.t == "RawBlock" then
		return (block.text:gsub("<svg.-</svg>", " "):gsub("<[^>]+>", "")
		    :gsub("&lt;", "<"):gsub("&gt;", ">"):gsub("&quot;", '"')
		    :gsub("&amp;", "&"))
	end
	local words = {}
	pandoc.walk_block(pandoc.Div({ block }), {
		Str = function(word) words[#words + 1] = word.text end,
		Code = function(code) words[#words + 1] = code.text end,
		CodeBlock = function(code) words[#words + 1] = code.text end,
	})
	return table.concat(words, " ")
end

function Pandoc(doc)
	local path = os.getenv("BOOK_SEARCH")
	if not path then return nil end
	local title = pandoc.utils.stringify(doc.meta.title)
	local record = { id = "top", title = title, text = {} }
	local records = { record }
	for _, block in ipairs(doc.blocks) do
		if block.t == "Header" then
			record = { id = block.identifier, text = {},
			    title = pandoc.utils.stringify(block) }
			records[#records + 1] = record
		else
			table.insert(record.text, text_of(block))
		end
	end
	local out = assert(io.open(path, "w"))
	for _, r in ipairs(records) do
		out:write("{u:", quote(lib.page .. ".html#" .. r.id), ",t:",
		    quote(r.title), ",c:", quote(title), ",x:",
		    quote(table.concat(r.text, " ")), "},\n")
	end
	out:close()
end
