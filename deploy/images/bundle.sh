#!/usr/bin/env bash
# Writes everything that a machine without a network needs into one signed archive: bundle.sh FILE KEY
# ./voyage bundle calls it. KEY is a private key of Ed25519 in PEM.
set -euo pipefail
export LC_ALL=C.UTF-8
cd "$(dirname "$0")"
here=$PWD project=$(cd ../.. && pwd)
die() { printf '%s\n' "$*" >&2; exit 1; }

file=$1 key=$2
[ -f "$key" ] || die "There is no file $key: make the key with openssl genpkey -algorithm ed25519 -out $key, and keep it secret."
version=$(sed -n 's#^  <version>\(.*\)</version>$#\1#p' "$project/pom.xml")
openssl pkey -in "$key" -text -noout 2>/dev/null | grep -q '^ED25519 Private-Key' \
  || die "$key is not a private key of Ed25519: make one with openssl genpkey -algorithm ed25519 -out $key, and keep it secret."
[ ! -e "$file" ] || die "$file exists: name a new file."
# The backup of Kafka runs the base.
images="voyage/jre:25 $(cd "$project" && docker compose --file docker-compose.yml --file deploy/compose/monitoring.yml config --images | sort -u)"
for image in $images; do
  made=$(awk -v image="$image" '$1 == image { $1 = $2 = ""; print }' target/images.txt 2>/dev/null | xargs)
  has=$(docker image inspect --format '{{range .RootFS.Layers}}{{.}} {{end}}' "$image" 2>/dev/null | xargs)
  [ -n "$made" ] && [ "$made" = "$has" ] || die "The image $image is missing, or not the one that was made here: ./voyage images makes it."
done

work=$(mktemp -d "$(dirname "$file")/.voyage-bundle-XXXXXX")
trap 'rm -rf "$work"' EXIT
name=voyage-$version
mkdir -p "$work/$name/packages" "$work/$name/deploy/compose"
cd "$work/$name"
cp "$here/install.sh" install
cp "$project/docker-compose.yml" "$project/LICENSE" "$project"/*.md .
cp "$project"/deploy/compose/*.{yml,sh,md} deploy/compose/
cp -R "$project/docs" "$here/target/sbom" .
cp -R "$project/deploy/monitoring" "$project/deploy/keycloak" deploy/
rm -f deploy/monitoring/{webhook-url,mail-password}
# Guides name other files of the project. These come along, and so does what they name; a link that leads nowhere ends this.
while missing=$("$project/deploy/check/dead-links.sh" "$PWD" | cut -f 3 | xargs -r realpath -m --relative-to=. | sort -u) && [ -n "$missing" ]; do
  tar -C "$project" --exclude=target --exclude=node_modules -cf - $missing | tar xf - \
    || die "The guides have a dead link: ./voyage check names it."
done
cp "$here/target/images.txt" .
# shellcheck disable=SC2086 # Names are words.
docker save $images | zstd -q -T0 -6 --long=27 >images.tar.zst
# What a bare Debian 13 lacks to run containers.
docker run --rm --user 0 -v "$PWD/packages:/packages" voyage/jre:25 sh -c "
  apt-get -q -o Acquire::Check-Date=false update && apt-get -q install -y --download-only --no-install-recommends \
    -o Dir::Cache::archives=/packages docker.io docker-cli docker-compose iptables apparmor zstd && rm -rf /packages/partial /packages/lock \
    && chown -R $(id -u):$(id -g) /packages" >"$work/packages.log" 2>&1 \
  || { tail -n 5 "$work/packages.log" >&2; die "Debian's packages of Docker were not to be had."; }
find . -type f ! -name 'SHA256SUMS*' -print0 | sort -z | xargs -0 sha256sum >SHA256SUMS
openssl pkeyutl -sign -rawin -inkey "$key" -in SHA256SUMS -out SHA256SUMS.sig
cd ..
tar --owner=0 --group=0 --numeric-owner -cf "$file.new" "$name"
mv "$file.new" "$file"
openssl pkey -in "$key" -pubout -out "${file%.tar}.pub"
openssl dgst -sha256 -binary "$file" >sum
openssl pkeyutl -sign -rawin -inkey "$key" -in sum -out "$file.sig"
printf '%s\n' "$file ($(du -h "$file" | cut -f1)); its signature: $file.sig; the public key, which travels another way: ${file%.tar}.pub" >&2
