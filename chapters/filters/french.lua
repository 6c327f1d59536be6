-- french.lua: an author types plain spaces, French gets its no-break ones:
-- U+202F before ; ! ?, U+00A0 before : and inside « »; never in code
local lib = dofile(PANDOC_SCRIPT_FILE:gsub("[^/]*$", "") .. "lib.lua")
local wide, narrow = "\u{a0}", "\u{202f}"
local before = {
	[":"] = wide, ["»"] = wide, [";"] = narrow, ["!"] = narrow,
	["?"] = narrow, ["%"] = narrow,
}

local function first_letter(text)
	return text:match("^[%z\1-\127\194-\244][\128-\191]*")
end

-- The first word of what follows, also inside emphasis or a link.
local function first_word(inline)
	while inline and inline.content and inline.t ~= "Note" do
		inline = inline.content[1]
	end
	return inline and inline.t == "Str" and inline.text
end

local function last_word(inline)
	while inline and inline.content and inline.t ~= "Note" do
		inline = inline.content[#inline.content]
	end
	return inline and inline.t == "Str" and inline.text
end

function Inlines(inlines)
	if lib.lang ~= "fr" then return nil end
	for i = 2, #inlines - 1 do
		if inlines[i].t == "Space" or inlines[i].t == "SoftBreak" then
			local word = first_word(inlines[i + 1])
			local last = last_word(inlines[i - 1])
			local space = word and before[first_letter(word)]
			if space then
				inlines[i] = pandoc.Str(space)
			elseif last and last:match("«$") then
				inlines[i] = pandoc.Str(wide)
			end
		end
	end
	return inlines
end
