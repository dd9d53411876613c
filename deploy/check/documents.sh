#!/usr/bin/env bash
# Checks the documents of the APIs and compiles a TypeScript client of each. Everything is made in target/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
documents=../../contracts/openapi

generate_clients() {
  for document in "$documents"/*.yaml; do
    tool openapi-typescript "$document" --output "clients/$(basename "$document" .yaml).d.ts" >/dev/null
  done
  tool tsc --project tsconfig.json
}

# The check has compiled the clients before, unless something changed since.
are_clients_current() {
  [ -f target/clients/walk.js ] && [ -z "$(find "$documents" clients ./*.json -type f -newer target/clients/walk.js)" ]
}

# The packages of the lock file, fetched again only when it changed.
packages() {
  if ! cmp -s package-lock.json node_modules/.voyage-lock; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    cp package-lock.json node_modules/.voyage-lock
  fi
}

tool() {
  local name=$1
  shift
  "node_modules/.bin/$name" "$@"
}

case ${1:-} in
  lint)
    packages
    REDOCLY_SUPPRESS_UPDATE_NOTICE=true REDOCLY_TELEMETRY=off tool redocly lint --config redocly.yaml "$documents"/*.yaml
    tool spectral lint --ruleset spectral.yaml --fail-severity warn --display-only-failures "$documents"/*.yaml
    ;;
  clients)
    packages
    generate_clients
    ;;
  walk)
    shift
    packages
    are_clients_current || generate_clients
    node target/clients/walk.js "$@"
    ;;
  *)
    echo "documents.sh lint | clients | walk ADDRESSES TOKEN PROVINCE KEY ALLIANCE_TOKEN" >&2
    exit 2
    ;;
esac
