#!/bin/bash
# Makes the certificates, keys and settings of three servers. ./voyage cluster calls it as root in the container of Java, which
# has OpenSSL and no network: init.sh init|renew URL LAB[:SUBNET]|- SERVER=ADDRESS...
# The folder /cluster gets one folder for each server, and "authority" with the key of the own authority.
set -euo pipefail
umask 077
cd /cluster

die() {
  echo "$*" >&2
  exit 1
}

# Each line: a role, the last number of its container's address, and the user of the container, who owns the certificate.
roles=/project/deploy/cluster/roles.txt
days=397

secret() { openssl rand -hex 24; }
key() { openssl rand -base64 32; }

authority() {
  mkdir authority
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 3650 -subj "/CN=Voyage $(date +%F)" \
    -addext basicConstraints=critical,CA:true,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign \
    -keyout authority/authority.key -out authority/authority.crt 2>/dev/null
}

# certificate SERVER ROLE USER: key, certificate and both in one file, for a client and a server of this name.
certificate() {
  local server=$1 role=$2 user=$3 folder=new/$1/certificates/$2 names="DNS:$2.$1,DNS:localhost,IP:127.0.0.1" each
  case $role in
    # Services reach the database of any server through the HAProxy of their own.
    postgres) for each in $servers; do names+=",DNS:haproxy.$each"; done ;;
    haproxy) names+=",DNS:$host" ;;
  esac
  mkdir -p "$folder"
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj "/CN=$role" -addext "subjectAltName=$names" \
    -keyout "$folder/tls.key" -out "$folder/request" 2>/dev/null
  openssl x509 -req -in "$folder/request" -CA authority/authority.crt -CAkey authority/authority.key -days $days \
    -copy_extensions copy -extfile <(echo extendedKeyUsage=serverAuth,clientAuth) -out "$folder/tls.crt" 2>/dev/null
  rm "$folder/request"
  cat "$folder/tls.key" "$folder/tls.crt" >"$folder/tls.pem"
  cp authority/authority.crt "$folder/authority.crt"
  # The door trusts public authorities, the own one, and the one that signed another door.pem.
  cat /etc/ssl/certs/ca-certificates.crt authority/authority.crt authority/door-authority.crt >"$folder/trust.crt" 2>/dev/null || true
  # The same for Java. The password guards nothing, but Java wants one.
  openssl pkcs12 -export -nokeys -jdktrust anyExtendedKeyUsage -passout pass:changeit -in "$folder/trust.crt" -out "$folder/trust.p12"
  if [ "$role" = haproxy ]; then
    # What people see: another authority may have signed it, and then it stays.
    cp "$folder/tls.pem" "$folder/door.pem"
    ! grep -qs . authority/door-authority.crt || [ ! -s "$server/certificates/haproxy/door.pem" ] \
      || cp "$server/certificates/haproxy/door.pem" "$folder/door.pem"
  fi
  chown -R "$user:$user" "$folder"
  chmod 500 "$folder"
  chmod 400 "$folder"/*
}

certificates() {
  local server role place user folder target
  rm -rf new
  for server in $servers; do
    while read -r role place user; do
      certificate "$server" "$role" "$user"
    done <$roles
    mkdir -p "$server/certificates"
    for folder in "new/$server/certificates"/*; do
      target=$server/certificates/${folder##*/}
      # Containers that run have this folder: its files are replaced, not the folder.
      if [ -d "$target" ]; then mv "$folder"/* "$target"; else mv "$folder" "$target"; fi
    done
  done
  rm -rf new
}

# lan NUMBER: the first three numbers of the addresses of a server's containers.
lan() {
  local first=${subnet%.*}
  [ "$lab" = - ] && echo "$first" || echo "${first%.*}.$((${first##*.} + $1))"
}
number() { awk -v name="$1" '{ for (i = 1; i <= NF; i++) if ($i == name) print i }' <<<"$servers"; }

hosts() {
  local server=$1 own each role place user
  own=$(number "$server")
  echo '127.0.0.1 localhost'
  echo "$(lan "$own").14 $host"
  for each in $servers; do
    while read -r role place user; do
      if [ "$each" = "$server" ] || [ "$lab" != - ]; then
        echo "$(lan "$(number "$each")").$place $role.$each"
      else
        echo "${address[$each]} $role.$each"
      fi
    done <$roles
  done
}

# list ROLE PORT: the addresses of a role on all servers.
list() { for each in $servers; do printf ',%s.%s:%s' "$1" "$each" "$2"; done | cut -c2-; }

settings() {
  local server=$1 own each
  own=$(number "$server")
  cat <<TEXT
# Settings of $server, made by ./voyage cluster init. They are secret: only root reads them.
COMPOSE_PROJECT_NAME=$([ "$lab" = - ] && echo voyage || echo "$lab-$server")
COMPOSE_FILE=compose.yml$([ "$lab" = - ] || echo :lab.yml)
VOYAGE_LAB=${lab#-}
VOYAGE_SERVER=$server
VOYAGE_NODE=$own
VOYAGE_ADDRESS=${address[$server]}
VOYAGE_LAN=$(lan "$own")
VOYAGE_KEYCLOAK_ADDRESS=$([ "$lab" = - ] && echo "${address[$server]}" || echo "$(lan "$own").15")
VOYAGE_SUBNET=$subnet
# Requests from here are believed when they name the address of a person.
VOYAGE_PROXIES=$subnet$(for each in $servers; do [ "$lab" != - ] || printf ',%s/32' "${address[$each]}"; done)
# Backups, encrypted: a folder of user 999 on a share that all three servers have. It holds what the servers can lose.
VOYAGE_BACKUP=$([ "$lab" = - ] && echo /srv/voyage-backup || echo ../backup)
VOYAGE_URL=$url
VOYAGE_HOST=$host
# Names of the broker for alliances, and the address of the door where it is not the one of the server (0.0.0.0: all of them).
VOYAGE_KAFKA_NAME=kafka.$server
VOYAGE_DOOR_ADDRESS=${address[$server]}
$(for each in $servers; do echo "VOYAGE_SERVER_$(number "$each")=$each"; done)
VOYAGE_KAFKA_SERVERS=$(list kafka 9092)
VOYAGE_KAFKA_VOTERS=$(for each in $servers; do printf ',%s@kafka.%s:9093' "$(number "$each")" "$each"; done | cut -c2-)
VOYAGE_ETCD_SERVERS=$(list etcd 2379)
VOYAGE_ETCD_CLUSTER=$(for each in $servers; do printf ',%s=https://etcd.%s:2380' "$each" "$each"; done | cut -c2-)
# Keycloak, Prometheus and Alertmanager run on two servers; on one engine the services do so too.
COMPOSE_PROFILES=$(if [ "$own" != 3 ]; then echo services,identity,watch; elif [ "$lab" = - ]; then echo services; fi)
$common
TEXT
}

# How Kafka's own programs reach it, with the certificate of a broker.
brokers() {
  cat <<TEXT
bootstrap.servers=$(list kafka 9092)
security.protocol=SSL
ssl.keystore.type=PEM
ssl.keystore.location=/certificates/tls.pem
ssl.truststore.type=PEM
ssl.truststore.location=/certificates/authority.crt
TEXT
}

# Prometheus asks the instances on all servers, and reports to the Alertmanager of its own.
monitoring() {
  local server=$1 folder=$1/monitoring service each watched=$servers
  # On one engine the third server has no services.
  [ "$lab" = - ] || watched=${servers% *}
  mkdir "$folder"
  cp /project/deploy/monitoring/{alerts,recording,alertmanager}.yml "$folder"
  # The address that takes the alerts; alertmanager.yml says more.
  echo "https://$host/alerts-go-nowhere-yet" >"$folder/webhook-url"
  echo 'tls_server_config: { cert_file: /certificates/tls.crt, key_file: /certificates/tls.key }' >"$folder/web.yml"
  echo 'tls_config: { ca_file: /certificates/authority.crt }' >"$folder/client.yml"
  cat >"$folder/prometheus.yml" <<TEXT
global: { scrape_interval: 15s, evaluation_interval: 15s, external_labels: { server: $server } }
rule_files: [recording.yml, alerts.yml]
alerting:
  alertmanagers:
    - scheme: https
      tls_config: { ca_file: /certificates/authority.crt }
      static_configs: [{ targets: ["alertmanager.$server:9093"] }]
scrape_configs:
  - job_name: voyage
    scheme: https
    tls_config: { ca_file: /certificates/authority.crt }
    metrics_path: /q/metrics
    static_configs:
      - targets:
$(for each in $watched; do for service in mobility:8441 cooperation:8442 overseas:8443 standards:8444 indicators:8445 feeds:8446; do echo "          - ${service%:*}.$each:${service#*:}"; done; done)
    relabel_configs:
      - { source_labels: [__address__], regex: "([^.]+)[.].*", target_label: service }
  - job_name: patroni
    scheme: https
    tls_config: { ca_file: /certificates/authority.crt }
    static_configs: [{ targets: [$(list postgres 8008)] }]
TEXT
}

# Settings that are the same on all servers.
common() {
  local name
  echo "VOYAGE_KAFKA_CLUSTER_ID=$(openssl rand -base64 16 | tr '+/' 'Aa' | cut -c1-22)"
  for name in POSTGRES REPLICATION REWIND PATRONI KEYCLOAK KEYCLOAK_ADMIN MOBILITY MOBILITY_OWNER COOPERATION COOPERATION_OWNER \
    OVERSEAS OVERSEAS_OWNER STANDARDS STANDARDS_OWNER INDICATORS INDICATORS_OWNER FEEDS FEEDS_OWNER; do
    echo "VOYAGE_${name}_PASSWORD=$(secret)"
  done
  echo "VOYAGE_DASHBOARD_CLIENT_SECRET=$(secret)"
  for name in BACKUP DASHBOARD_SESSION CURSOR PERSONAL PSEUDONYM OUTSIDE_ID CHECKPOINT ENDPOINT; do
    echo "VOYAGE_${name}_KEY=$(key)"
  done
}

command=$1 url=$2 lab=${3%%:*} subnet=172.30.7.0/24
[ "$lab" = "$3" ] || subnet=${3#*:}
shift 3
declare -A address
servers=''
for each in "$@"; do
  name=${each%%=*}
  [[ $each == *=* && $name =~ ^[a-z][a-z0-9-]{0,20}$ ]] || die "A server is NAME=ADDRESS, such as server1=10.0.0.11, not \"$each\"."
  [[ " $servers " != *" $name "* ]] || die "Two servers have the name $name: give each its own."
  [[ ${each#*=} =~ ^[0-9]{1,3}(\.[0-9]{1,3}){3}$ ]] || die "The address of $name is not one such as 10.0.0.11: \"${each#*=}\"."
  [[ " ${address[*]-} " != *" ${each#*=} "* ]] || die "Two servers have the address ${each#*=}: give each its own."
  address[$name]=${each#*=}
  servers="${servers:+$servers }$name"
done
[ $# = 3 ] || die "A cluster has three servers, not $#: with two of them it goes on."
host=${url#https://}
[[ $url =~ ^https://[a-z0-9-]+(\.[a-z0-9-]+)+$ ]] || die "The address for people is https://HOST, without port and path, not \"$url\"."
case $command in
  init)
    authority
    common=$(common)
    certificates
    for server in $servers; do
      settings "$server" >"$server/.env"
      hosts "$server" >"$server/hosts"
      brokers >"$server/client.properties"
      monitoring "$server"
      chmod 444 "$server/hosts"
      mkdir "$server/lists"
      cd /project/deploy
      cp cluster/{compose.yml,lab.yml,haproxy.cfg,unavailable.http,patroni.yml,access-rules.psv} compose/databases.sh keycloak/voyage-realm.json "$OLDPWD/$server"
      cd "$OLDPWD"
      chmod 755 "$server" "$server/lists" "$server/monitoring"
      chmod 644 "$server"/*.* "$server"/monitoring/*
      chmod 600 "$server/.env"
      chown 1000 "$server/monitoring/webhook-url"
      chmod 400 "$server/monitoring/webhook-url"
    done
    [ "$lab" = - ] || install -d -m 700 -o 999 -g 999 backup
    printf '%s %s %s\n' "$url" "$lab" "$*" >authority/cluster
    ;;
  renew)
    [ -s authority/authority.key ] || die "The key authority/authority.key of the own authority is not here: bring it back for this command."
    certificates
    ;;
esac
