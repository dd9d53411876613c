#!/usr/bin/env bash
# Prints links between the documents of a folder that lead nowhere: dead-links.sh FOLDER
# Each line has the page, the link, and the path in the folder that is missing.
set -euo pipefail
shopt -s inherit_errexit
folder=$1
while IFS= read -r file; do
  while IFS= read -r link; do
    target=${link%%#*}
    case $link in
      *://* | mailto:* | '#'* | '') continue ;;
      /*) target=$folder$target ;;
      *) target=$(dirname "$file")/$target ;;
    esac
    [ -e "$target" ] || printf '%s\t%s\t%s\n' "${file#"$folder"/}" "$link" "${target#"$folder"/}"
  done < <(awk '/^ *```/ { code = !code } !code' "$file" | sed 's/`[^`]*`//g' | grep -o '](\([^)]*\))' \
    | sed 's/^](<\{0,1\}//; s/>\{0,1\})$//; s/ "[^"]*"$//' || true)
done < <(find "$folder" \( -name node_modules -o -name target -o -name .git -o -name .voyage \) -prune -o -name '*.md' -print)
