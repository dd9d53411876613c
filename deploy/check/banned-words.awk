# Prints FILE:LINE: word -> replacement for each banned word in javadoc (*.java), in a document (*.md, without code) or in the texts
# of an OpenAPI document (*.yaml).
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

FNR == 1 { inside = 0 }

{
  text = ""
  if (FILENAME ~ /\.java$/) {
    at = index($0, "/**")
    if (!inside && at > 0) {
      inside = 1
      text = substr($0, at)
    } else if (inside) {
      text = $0
    }
    if (inside && index($0, "*/") > 0) {
      text = substr(text, 1, index(text, "*/"))
      inside = 0
    }
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
