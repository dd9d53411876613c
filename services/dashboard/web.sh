#!/usr/bin/env bash
# web.sh build: builds the pages into target/classes/META-INF/resources; without changes since the last build it only copies.
# web.sh test:  runs the unit tests of the pages.
# web.sh browser DASHBOARD ISSUER [REPORT]: runs the tests in a browser against a running platform.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/web"

# npm 10, which Debian has, leaves out native parts of Vite. Any Node.js from 20.19 on starts npm; the packages bring the Node.js that runs the rest.
npm_version=11.19.1
resources=../target/classes/META-INF/resources

run_npm() {
  if [ "$(npm --version | cut -d. -f1)" -ge 11 ]; then
    npm "$@"
  else
    npx --yes "npm@$npm_version" "$@"
  fi
}

hash_of_files() {
  find "$@" -type f ! -path '*/generated/*' -print0 | LC_ALL=C sort -z | xargs -0 cksum | cksum
}

# Another lock file asks for other packages.
install_packages() {
  local packages
  packages=$(hash_of_files package.json package-lock.json)
  if [ "$(cat node_modules/.voyage-packages 2>/dev/null || true)" != "$packages" ]; then
    run_npm ci --no-audit --no-fund
    echo "$packages" >node_modules/.voyage-packages
  fi
}

build() {
  local sources
  sources=$(hash_of_files package.json package-lock.json index.html public scripts src reference.html ./*.ts tsconfig.json ../../../contracts/openapi \
    ../../../contracts/asyncapi ../../../contracts/events ../../../contracts/feeds/events ../../../contracts/records ../../../contracts/reference)
  if [ "$(cat dist/.voyage-sources 2>/dev/null || true)" != "$sources" ]; then
    install_packages
    run_npm run build
    echo "$sources" >dist/.voyage-sources
  fi
  rm -rf "$resources"
  mkdir -p "$resources"
  cp -R dist/. "$resources"
  rm -rf "$resources/.vite" "$resources/.voyage-sources"
}

case ${1:-} in
  build) build ;;
  test)
    install_packages
    run_npm test
    ;;
  browser)
    if [ $# -lt 3 ]; then
      echo "The browser tests want the addresses of the dashboard and of the issuer, and a file for the report." >&2
      exit 2
    fi
    install_packages
    export VOYAGE_BROWSER_DASHBOARD=$2 VOYAGE_BROWSER_ISSUER=$3 VOYAGE_BROWSER_REPORT=${4:-}
    PATH="$PWD/node_modules/.bin:$PATH" exec playwright test -c browser
    ;;
  *)
    echo "web.sh wants build, test or browser." >&2
    exit 2
    ;;
esac
