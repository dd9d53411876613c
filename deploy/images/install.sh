#!/bin/bash
# Checks this bundle and starts Voyage from it, without any network: install PUBLIC_KEY
# Check the archive itself first, as deploy/images/README.md shows: this program is a part of it. On Debian 13 Docker is
# installed from the bundle where there is none.
set -euo pipefail
die() { printf '%s\n' "$*" >&2; exit 1; }

[ $# = 1 ] && [ -f "$1" ] || die "Name the file with the public key of the bundle's maker: install voyage.pub. 请指定发布方公钥文件。"
key=$(realpath "$1")
cd "$(dirname "$0")"
log=$(mktemp "${TMPDIR:-/tmp}/voyage-install-XXXXXX.log")

command -v openssl >/dev/null || die "openssl is missing, so the signature cannot be checked: install it from your system's medium first."
openssl pkeyutl -verify -rawin -pubin -inkey "$key" -sigfile SHA256SUMS.sig -in SHA256SUMS >/dev/null 2>&1 \
  || die "The bundle is not signed by this key: do not install it. 签名不符，请勿安装。"
sha256sum --quiet --check SHA256SUMS || die "The bundle is damaged: copy it again. 安装包已损坏，请重新复制。"
# Compose reads files of certain names by itself, so no file may be here that the maker has not signed.
diff <(find . ! -type d ! -name 'SHA256SUMS*' | sort) <(sed 's/^[0-9a-f]*  //' SHA256SUMS | sort) \
  || die "The bundle has files that its maker has not signed: unpack it again into an empty folder. 存在未签名的文件。"

if ! command -v docker >/dev/null; then
  command -v dpkg >/dev/null || die "Docker with Compose is missing: install it from your system's medium first."
  echo "Installing Docker from the bundle ..."
  dpkg --unpack packages/*.deb >"$log" 2>&1 && dpkg --configure --pending >>"$log" 2>&1 || die "Docker's packages were not installed: see $log."
fi
command -v zstd >/dev/null || die "zstd is missing: install it from your system's medium first."
docker compose version >/dev/null 2>&1 || die "Docker has no Compose: install it from your system's medium first."
docker info >/dev/null 2>&1 || { command -v systemctl >/dev/null && systemctl start docker; } \
  || die "The Docker engine does not answer: start it (systemctl start docker), and run this again."
echo "Loading the images ..."
zstd -q -d --long=27 -c images.tar.zst | docker load >"$log"
echo "Starting ..."
docker compose up --detach --wait >>"$log" 2>&1 || die "Not all containers became healthy: see docker compose ps and $log."
echo "Voyage answers at http://localhost:8087/. Before others use it: deploy/compose/README.md."
