#!/bin/bash
# Runs by itself on an empty volume: for each service a database, closed to the others, and two roles. <service>_owner owns
# what is in it and migrates it; <service> works in it, owns nothing and is bound by row-level security.
# Run again it changes nothing; run once on a volume of 0.1.0 it moves what <service> owned to <service>_owner:
#   docker compose exec postgres bash /docker-entrypoint-initdb.d/databases.sh
set -euo pipefail

database() {
  psql --username postgres --no-psqlrc --quiet -v ON_ERROR_STOP=1 \
    -v name="$1" -v password="$2" -v owner="$1_owner" -v owner_password="$3" <<'SQL'
SELECT format('CREATE ROLE %I LOGIN PASSWORD %L NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', role, password)
  FROM (VALUES (:'name', :'password'), (:'owner', :'owner_password')) wanted (role, password)
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) \gexec
SELECT format('CREATE DATABASE %I OWNER %I ENCODING ''UTF8'' TEMPLATE template0', :'name', :'owner')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
\connect :"name"
BEGIN;
SELECT datdba = :'name'::regrole AS moves FROM pg_database WHERE datname = :'name' \gset
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"name";
ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO :"name";
\if :moves
REASSIGN OWNED BY :"name" TO :"owner";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO :"name";
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO :"name";
\endif
-- Row-level security holds for the owner too; migrations and backups work on all rows.
ALTER ROLE :"owner" IN DATABASE :"name" SET voyage.scope = 'all';
-- Last: with the objects the owner's own rights on the database have moved too.
GRANT CONNECT, TEMPORARY ON DATABASE :"name" TO :"name";
COMMIT;
SQL
}

database mobility "${MOBILITY_PASSWORD:?}" "${MOBILITY_OWNER_PASSWORD:?}"
database cooperation "${COOPERATION_PASSWORD:?}" "${COOPERATION_OWNER_PASSWORD:?}"
database overseas "${OVERSEAS_PASSWORD:?}" "${OVERSEAS_OWNER_PASSWORD:?}"
database standards "${STANDARDS_PASSWORD:?}" "${STANDARDS_OWNER_PASSWORD:?}"
database feeds "${FEEDS_PASSWORD:?}" "${FEEDS_OWNER_PASSWORD:?}"
database indicators "${INDICATORS_PASSWORD:?}" "${INDICATORS_OWNER_PASSWORD:?}"
# A cluster keeps Keycloak's database here too; it migrates it by itself.
[ -z "${KEYCLOAK_PASSWORD:-}" ] || database keycloak "$(openssl rand -hex 24)" "$KEYCLOAK_PASSWORD"
