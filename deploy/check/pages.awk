# Prints FILE:LINE: fault -> repair for each page of Markdown that is too long or hard to read. Exit status 1 if there is one.
# Sentences are measured without code, tables, headings, quotations and addresses of links; an item of a list is a paragraph.
# Two Chinese characters count as one word. Run with LC_ALL=C, so that sizes are bytes, in the folder of the project.
BEGIN {
  LONGEST_SENTENCE_WORDS = 40
  MEAN_SENTENCE_WORDS = 18
  PAGE_BYTES = 10240
  SERVICE_README_BYTES = 6144
  RELEASE_BYTES = 12288 # a section of the changelog
}

FNR == 1 {
  end_page()
  page = FILENAME
  sub(/^\.\//, "", page)
  changelog = page == "CHANGELOG.md"
  limit = changelog ? RELEASE_BYTES : page ~ /^services\/[^\/]*\/README\.md$/ ? SERVICE_README_BYTES : PAGE_BYTES
  measured = page !~ /^docs\/adr\/0012-/
  bytes = sentences = words_of_page = code = 0
}

{
  line = $0
  if (changelog && line ~ /^## /) bytes = 0
  before = bytes
  bytes += length(line) + 1
  if (before <= limit && bytes > limit)
    report(FNR, (changelog ? "the section" : "the page") " is longer than " limit " bytes", changelog ? "one line for each change that a user notices" : "split it by purpose, or cut")

  if (line ~ /^ *(```|~~~)/) {
    code = !code
    end_sentence()
    next
  }
  if (code) next
  if (line ~ /^ *$/ || line ~ /^ *[#|>]/ || line ~ /^\[[^\]]*\]: /) {
    end_sentence()
    next
  }
  if (line ~ /^ *([-*+]|[0-9]+[.)]) /) {
    end_sentence()
    sub(/^ *([-*+]|[0-9]+[.)]) +/, "", line)
  }
  add_words(line)
}

END {
  end_page()
  exit found
}

# Adds the words of a line to the sentence; ends the sentence where the line does.
function add_words(text, parts, count, i) {
  gsub(/`[^`]*`/, "code", text)
  gsub(/\]\([^)]*\)/, "", text)
  gsub(/<[^>]*>/, " ", text)
  gsub(/[\[\]!*_]+/, "", text)
  gsub(/(e\.g|i\.e|etc|vs)\. /, "abbreviation ", text)
  gsub(/\343\200\202|\357\274\201|\357\274\237|\357\274\233/, "&\n", text) # Chinese full stop, exclamation and question mark, semicolon
  gsub(/[.!?][)"']* /, "&\n", text)
  gsub(/[.!?][)"']*$/, "&\n", text)
  count = split(text, parts, "\n")
  for (i = 1; i <= count; i++) {
    if (words == 0) begun = FNR
    words += count_words(parts[i])
    if (i < count) end_sentence()
  }
}

function count_words(text, chinese, parts, count, i, words_of_text) {
  chinese = gsub(/[\344-\351][\200-\277][\200-\277]/, " ", text)
  gsub(/[\200-\377]+/, " ", text)
  count = split(text, parts, " ")
  words_of_text = chinese / 2
  for (i = 1; i <= count; i++) if (parts[i] ~ /[A-Za-z0-9]/) words_of_text++
  return words_of_text
}

function end_sentence() {
  if (words > 0) {
    sentences++
    words_of_page += words
    if (measured && words > LONGEST_SENTENCE_WORDS)
      report(begun, "a sentence has " int(words) " words", "one fact per sentence, at most 25 words")
  }
  words = 0
}

function end_page() {
  end_sentence()
  if (measured && sentences > 0 && words_of_page > MEAN_SENTENCE_WORDS * sentences)
    report(1, sprintf("a sentence has %.1f words on average", words_of_page / sentences), "at most " MEAN_SENTENCE_WORDS ": divide the longest ones")
}

function report(at, fault, repair) {
  printf "  %s:%d: %s -> %s\n", page, at, fault, repair
  found = 1
}
