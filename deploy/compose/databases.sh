#!/bin/bash
# Runs once, on an empty volume: one database and one role for each service, closed to the others.
# A service owns its database and is no superuser, so that row-level security holds for it too.
set -euo pipefail

database() {
  psql --username postgres --no-psqlrc --quiet -v ON_ERROR_STOP=1 -v name="$1" -v password="$2" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password' NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
CREATE DATABASE :"name" OWNER :"name" ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
}

database cooperation "${COOPERATION_PASSWORD:?}"
database overseas "${OVERSEAS_PASSWORD:?}"
database standards "${STANDARDS_PASSWORD:?}"
database indicators "${INDICATORS_PASSWORD:?}"
