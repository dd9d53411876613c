#!/usr/bin/env bash
# A cluster of three servers: ./voyage cluster COMMAND. It needs Docker and the images only.
set -euo pipefail
shopt -s inherit_errexit
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)

die() {
  printf '%s\n' "$*" >&2
  exit 1
}

# tools FOLDER OPTION...: the container of Java, which has OpenSSL, as root and without a network.
tools() {
  local folder=$1
  shift
  docker image inspect voyage/jre:25 >/dev/null 2>&1 || die "The image voyage/jre:25 is not here: run ./voyage images."
  docker run --rm --user 0 --network none --volume "$project:/project:ro" --volume "$(cd "$folder" && pwd):/cluster" \
    --entrypoint bash voyage/jre:25 "$@"
}

in_folder() {
  [ -s "$1/.env" ] && [ -s "$1/compose.yml" ] || die "The folder $1 is not that of a server: ./voyage cluster init makes one for each."
  cd "$1"
}

setting() { sed -n "s/^$1=//p" .env; }

# lab_subnet NETWORK: prints the addresses of the network for one engine. For one that is not there, the engine chooses
# addresses that this machine has no route for.
lab_subnet() {
  local network=$1 subnet
  docker network inspect "$network" >/dev/null 2>&1 || {
    network=$1-choice
    docker network rm "$network" >/dev/null 2>&1 || true
    docker network create "$network" >/dev/null
  }
  subnet=$(docker network inspect --format '{{(index .IPAM.Config 0).Subnet}}' "$network")
  [ "$network" = "$1" ] || docker network rm "$network" >/dev/null
  [ "${subnet##*/}" -le 22 ] || die "The engine has only $subnet for the network $1, too few addresses for three servers: give it larger pools."
  echo "$subnet"
}

init() {
  local lab=-
  if [ "${1:-}" = --one-engine ]; then
    lab=voyage-lab
    shift
  fi
  [ $# -ge 2 ] || die "Say ./voyage cluster init FOLDER https://HOST NAME=ADDRESS NAME=ADDRESS NAME=ADDRESS."
  local folder=${1%/} url=$2 subnet=''
  local new=$folder.new
  shift 2
  [ ! -e "$folder" ] || [ -z "$(ls -A "$folder")" ] || die "The folder $folder is not empty: choose a new one, so that no key is lost."
  if [ "$lab" != - ]; then
    [ $# = 0 ] || die "With --one-engine the servers have the names server1 to server3 and addresses of this machine: name none."
    set -- server1=127.0.0.11 server2=127.0.0.12 server3=127.0.0.13
    subnet=$(lab_subnet "$lab")
  fi
  # The folder takes its name when it is complete.
  rm -rf "$new"
  mkdir -p "$new"
  tools "$new" /project/deploy/cluster/init.sh init "$url" "$lab${subnet:+:$subnet}" "$@" || { rm -rf "$new"; exit 1; }
  # Only a network with a named subnet takes fixed addresses.
  [ "$lab" = - ] || docker network inspect "$lab" >/dev/null 2>&1 || docker network create --subnet "$subnet" "$lab" >/dev/null
  rm -rf "$folder"
  mv "$new" "$folder"
  echo "$folder has a folder for each server. Copy each to its server as root, keep $folder/authority away from all of them" \
    "(docs/how-to/install-three-servers.md)."
}

renew() {
  [ -s "${1:-}/authority/cluster" ] || die "Say ./voyage cluster renew FOLDER, with the folder that init has made."
  local url lab servers
  read -r url lab servers <"$1/authority/cluster"
  # shellcheck disable=SC2086 # Several servers.
  tools "$1" /project/deploy/cluster/init.sh renew "$url" "$lab" $servers
  echo "The servers have new certificates. Copy them, and restart one server after the other."
}

check() {
  in_folder "${1:-.}"
  local image missing=0
  for image in $(grep -oE 'image: voyage/[a-z]+:[0-9.]+' compose.yml | cut -d' ' -f2 | sort -u); do
    docker image inspect "$image" >/dev/null 2>&1 || {
      echo "The image $image is not here: run ./voyage images, or bring it with docker save and docker load." >&2
      missing=1
    }
  done
  tools . /project/deploy/cluster/check.sh || missing=1
  local backup
  backup=$(setting VOYAGE_BACKUP)
  [ "$(stat -c %u "$backup" 2>/dev/null)" = 999 ] || {
    echo "The folder for backups, $backup, is not there or not of user 999: mount the share, then install -d -m 700 -o 999 $backup." >&2
    missing=1
  }
  [ "$(df --output=avail -k . | tail -n 1)" -ge 10000000 ] || {
    echo "The disk of $PWD has less than 10 GB free: make room before the start." >&2
    missing=1
  }
  [ -n "$(setting VOYAGE_LAB)" ] || grep -qs '^ *email_configs:' monitoring/alertmanager.yml || ! grep -qs alerts-go-nowhere-yet monitoring/webhook-url || {
    echo "Alerts go nowhere: write the address that takes them into monitoring/webhook-url." >&2
    missing=1
  }
  [ "$missing" = 0 ] || exit 1
  docker compose config --quiet && echo "Nothing is wrong here. Start with: docker compose up -d"
}

# Prints what the parts say, and one sentence for each thing that is wrong.
status() {
  in_folder "${1:-.}"
  local parts list wrong='' lab
  lab=$(setting VOYAGE_LAB)
  # Two containers end by themselves when they are done.
  parts=$(docker compose ps --all --format '{{.Service}} {{.State}} {{.Health}} {{.ExitCode}}' | grep -vE '^[a-z-]+ exited  0$') || true
  echo "${parts:=none is not}"
  wrong+=$(awk '$3 != "healthy" { print "The part " $1 " is not healthy." }' <<<"$parts")
  list=$(members 2>&1) || true
  printf '\n%s\n\n' "$list"
  wrong+=$(awk -F'\t' '$4 == "Leader" && $5 == "running" { leader++ } $4 == "Sync Standby" && $5 == "streaming" { standby++ } $5 ~ /running|streaming/ { n++ }
    END { if (!leader) print "\nNo database leads."; if (!standby) print "\nThe leading database has no standby."; if (n < 3) print "\nOnly " n + 0 " of 3 databases run." }' <<<"$list")
  # Partitions of which a copy is missing.
  list=$(docker compose exec -T kafka start-kafka org.apache.kafka.tools.TopicCommand --bootstrap-server localhost:9092 \
    --command-config /etc/voyage/client.properties --describe --under-replicated-partitions 2>/dev/null) || wrong+=$'\nKafka of this server does not answer.'
  [ -z "$list" ] || wrong+=$'\n'"$(wc -l <<<"$list") partitions of Kafka lack a copy."
  # On one engine the third server has no services.
  list=$(docker compose exec -T haproxy bash -c 'exec 3<>/dev/tcp/127.0.0.1/8404 && printf "GET /stats;csv HTTP/1.0\r\n\r\n" >&3 && cat <&3' 2>/dev/null) \
    || wrong+=$'\nHAProxy of this server does not answer.'
  wrong+=$(awk -F, -v lab="$lab" '$18 ~ /^DOWN/ && $2 != "BACKEND" && $1 != "databases" && !(lab && $2 == "server3") { print "\nHAProxy does not reach " $1 " of " $2 "." }' <<<"$list")
  [ -z "$wrong" ] || die "$wrong"
  echo "All parts of this server are healthy and see those of the others."
}

# The databases of all servers, also where the one of this server is stopped.
members() {
  docker compose exec -T postgres patronictl -c /etc/voyage/patroni.yml list --format tsv 2>/dev/null \
    || docker compose run --rm --no-deps -T postgres patronictl -c /etc/voyage/patroni.yml list --format tsv
}

backup() {
  in_folder "${1:-.}"
  local kind=${2:-incr} leader
  [[ $kind =~ ^(full|diff|incr)$ ]] || die "A backup is full, diff or incr, not \"$kind\"."
  leader=$(members | awk -F'\t' '$4 == "Leader" { print $2 }')
  [ "$leader" = "$(setting VOYAGE_SERVER)" ] || die "The database of $leader leads: run this there."
  docker compose exec -T postgres pgbackrest --type="$kind" --log-level-console=warn backup
  docker compose exec -T postgres pgbackrest info
}

# One server gets the databases as of a time; the others copy them (rejoin). Kafka stays as it is.
restore() {
  [ $# -eq 2 ] || die "Say ./voyage cluster restore SERVER_FOLDER 'YYYY-MM-DD HH:MM:SS+08', a time that the backups cover."
  in_folder "$1"
  local time=$2 server list
  server=$(setting VOYAGE_SERVER)
  [[ $time =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}\ [0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?[-+][0-9]{2}(:?[0-9]{2})?$ ]] \
    || die "\"$time\" is not a time such as 2026-12-01 09:30:00+08."
  list=$(members) || die "The databases of the other servers cannot be seen: start etcd on two servers first."
  awk -F'\t' -v own="$server" 'NR > 1 && $2 != own && $5 ~ /running|streaming/ { print $2; bad = 1 } END { exit bad }' <<<"$list" \
    || die "Its database still runs: stop all parts but etcd and kafka there first (docker compose stop postgres haproxy mobility …)."
  docker compose stop --timeout 60 mobility cooperation overseas standards indicators feeds dashboard keycloak haproxy postgres >/dev/null 2>&1
  docker compose run --rm --no-deps -T postgres bash -euc '
    pgbackrest --delta --type=time --target="$1" --target-action=promote --log-level-console=warn restore
    pg_ctl -D "$PGBACKREST_PG1_PATH" -w -t 3600 -l /tmp/recovery.log -o "-c listen_addresses=" start >/dev/null || true
    until [ "$(psql -U postgres -Atc "select pg_is_in_recovery()" 2>/dev/null)" = f ]; do
      pg_ctl -D "$PGBACKREST_PG1_PATH" status >/dev/null || { grep -h FATAL /tmp/recovery.log; exit 1; }
      sleep 1
    done
    grep -h "last completed transaction" /tmp/recovery.log || echo "No change of the backup is newer than its end."
    pg_ctl -D "$PGBACKREST_PG1_PATH" -w -m fast stop >/dev/null' restore "$time" \
    || die "The databases were not restored, and this server has none now: restore again to a time that the backups cover, or rejoin." \
      "docker compose run --rm --no-deps postgres pgbackrest info says which times they cover."
  docker compose exec -T etcd etcdctl --cacert=/certificates/authority.crt --cert=/certificates/tls.crt --key=/certificates/tls.key \
    del --prefix /service/voyage/ >/dev/null
  docker compose up -d --no-deps postgres >/dev/null 2>&1
  local end=$((SECONDS + 180))
  until members 2>/dev/null | awk -F'\t' -v own="$server" '$2 == own && $4 == "Leader" && $5 == "running" { ok = 1 } END { exit !ok }'; do
    [ "$SECONDS" -lt "$end" ] || die "The databases of $server are as of $time, but it does not lead after 3 minutes: see docker compose logs postgres."
    sleep 2
  done
  echo "The databases of $server are as of $time, and it leads. Now run ./voyage cluster rejoin on the other servers, then docker compose up -d on all." \
    "What was lost: docs/how-to/backup-and-restore.md, 'When one part is older'."
}

# Gives up the database of this server and copies that of the leader.
rejoin() {
  in_folder "${1:-.}"
  members | awk -F'\t' -v own="$(setting VOYAGE_SERVER)" '$4 == "Leader" && $2 != own && $5 == "running" { ok = 1 } END { exit !ok }' \
    || die "No database of another server leads: this one may be the only right copy, so it stays."
  docker compose stop --timeout 60 postgres >/dev/null 2>&1
  docker compose run --rm --no-deps -T postgres bash -c 'rm -rf "$PGBACKREST_PG1_PATH"'
  docker compose up -d --no-deps postgres >/dev/null 2>&1
  echo "The database of $(setting VOYAGE_SERVER) is copied from the leader: ./voyage cluster status."
}

command=${1:-}
shift || true
case $command in
  init | renew | check | status | backup | restore | rejoin) "$command" "$@" ;;
  *) die "Say ./voyage cluster init, renew, check, status, backup, restore or rejoin (docs/how-to/install-three-servers.md)." ;;
esac
