# Prints FILE:LINE: word -> replacement for each banned word in prose:
# - *.java: javadoc, names of tests, and in src/main the string literals of three words and more, without text blocks;
# - *.ts, *.tsx, *.mjs: comments, and names of tests;
# - *.md: all but code;
# - *.yaml, *.json: the values, which are texts of the APIs, the events and the rules.
# Exit status 1 if there is one. The first file is the list of words.
BEGIN { FS = "\n" }

FILENAME == words {
  if ($0 !~ /^#/ && split($0, part, "|") > 1) {
    replacement = part[split($0, part, "|")]
    pattern = substr($0, 1, length($0) - length(replacement) - 1)
    count++
    banned[count] = "(^|[^a-z0-9_-])(" pattern ")([^a-z0-9_-]|$)"
    instead[count] = replacement
  }
  next
}

# The part of a line that is in a comment which begins as the pattern says.
function block_comment(line, start) {
  if (!inside && match(line, start)) inside = 1
  else if (inside) RSTART = 1
  else return ""
  line = substr(line, RSTART)
  if (index(line, "*/") == 0) return line
  inside = 0
  return substr(line, 1, index(line, "*/"))
}

# The name of the test that a line of Java begins.
function java_test(line) {
  if (!match(line, /void [A-Za-z0-9]+_[A-Za-z0-9_]+\(/)) return ""
  line = substr(line, RSTART, RLENGTH)
  gsub(/_/, " ", line)
  return line
}

# The string literals of a line of Java that have two spaces.
function literals(line,   literal, found) {
  if (gsub(/"""/, "", line) % 2) inside_text_block = !inside_text_block
  if (inside_text_block) return ""
  gsub(/'"'/, "", line)
  while (match(line, /"([^"\\]|\\.)*"/)) {
    literal = substr(line, RSTART + 1, RLENGTH - 2)
    if (literal ~ / .* /) found = found " | " literal
    line = substr(line, RSTART + RLENGTH)
  }
  return found
}

# The name of the test, or else the comment, of a line of TypeScript.
function typescript_text(line) {
  if (match(line, /(^|[^A-Za-z.])(describe|it|test)[.a-z]*(\(\[.*\]\))?\(['"`]/) || match(line, /^ *\]\)\(['"`]/)) {
    line = substr(line, RSTART + RLENGTH)
    sub(/['"`], .*/, "", line)
    return line
  }
  return match(line, /(^|[ ;{(])\/\/ /) ? substr(line, RSTART) : ""
}

FNR == 1 { inside = inside_text_block = 0 }

{
  text = ""
  if (FILENAME ~ /\.java$/) {
    text = block_comment($0, "(^|[ ;{(])/[*][*]")
    if (text == "") text = java_test($0)
    if (text == "" && FILENAME ~ /(^|\/)src\/main\//) text = literals($0)
  } else if (FILENAME ~ /\.(tsx?|mjs)$/) {
    text = block_comment($0, "(^|[ ;{(])/[*]")
    if (text == "") text = typescript_text($0)
  } else if (FILENAME ~ /\.md$/) {
    if ($0 ~ /^ *(```|~~~)/) inside = !inside
    else if (!inside) text = $0
    gsub(/\]\([^)]*\)/, "]", text)
  } else {
    text = $0
    # keys and codes of the wire format are not prose
    sub(/^ *(- )?["'A-Za-z_.-]+:( |$)/, "", text)
    if (text ~ /^ *- ["']?[A-Za-z-]+["']?$/) text = ""
  }
  gsub(/\{@(code|link|linkplain|value)[^}]*\}/, "", text)
  gsub(/`[^`]*`/, "", text)
  text = tolower(text)
  for (i = 1; text != "" && i <= count; i++) {
    if (match(text, banned[i])) {
      word = substr(text, RSTART, RLENGTH)
      gsub(/^[^a-z]+|[^a-z]+$/, "", word)
      printf "  %s:%d: \"%s\" -> %s\n", FILENAME, FNR, word, instead[i]
      found = 1
    }
  }
}

END { exit found }
