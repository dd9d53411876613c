#!/bin/bash
# Checks the folder /cluster of one server. It prints a sentence for each unsafe or wrong setting. ./voyage cluster check calls it.
set -uo pipefail
cd /cluster
wrong=0
refuse() {
  echo "$*" >&2
  wrong=1
}
setting() { sed -n "s/^$1=//p" .env; }

[ "$(stat -c %a .env)" = 600 ] || refuse "Others can read .env: chmod 600 .env."
[ ! -e authority ] && [ ! -e authority.key ] || refuse "The key of the authority is on this server: keep it where no server reaches it."
url=$(setting VOYAGE_URL)
host=$(setting VOYAGE_HOST)
[ "$url" = "https://$host" ] || refuse "VOYAGE_URL is \"$url\": people and tokens need an address with https, https://$host."
server=$(setting VOYAGE_SERVER)
names=$(sed -n 's/^VOYAGE_SERVER_[123]=//p' .env | sort -u)
[ "$(wc -l <<<"$names")" = 3 ] || refuse "VOYAGE_SERVER_1 to VOYAGE_SERVER_3 are not three names: two servers with one name would take each other's place."
grep -qx "$server" <<<"$names" || refuse "VOYAGE_SERVER is \"$server\", which is none of the three servers."

for name in $(grep -oE '\$\{VOYAGE_[A-Z_]+\}' compose.yml | tr -d '${}' | sort -u); do
  value=$(setting "$name")
  [ -n "$value" ] || refuse "$name is missing in .env: take it from the .env of another server, they share it."
  case $name in
    *_PASSWORD | *_SECRET | *_KEY) [ -z "$value" ] || [ ${#value} -ge 32 ] || refuse "$name is shorter than 32 characters: openssl rand -hex 24 makes another." ;;
  esac
done

while read -r role place user; do
  folder=certificates/$role/
  name=$role.$server
  for file in tls.key tls.crt tls.pem authority.crt trust.p12; do
    [ -s "$folder$file" ] || refuse "$folder$file is missing: copy the folder that ./voyage cluster init has made, as root."
  done
  [ -s "${folder}tls.crt" ] && [ -s "${folder}tls.key" ] || continue
  [ "$(stat -c %u "${folder}tls.key")" = "$user" ] \
    || refuse "${folder}tls.key belongs to another user than the container: copy it with tar --numeric-owner, as root."
  [[ $(stat -c %a "${folder}tls.key") =~ ^[46]00$ ]] || refuse "Others can read ${folder}tls.key: chmod 400 it."
  openssl verify -CAfile "${folder}authority.crt" "${folder}tls.crt" >/dev/null 2>&1 \
    || refuse "The certificate of $role is not of this authority, or has expired: ./voyage cluster renew makes new ones."
  openssl x509 -in "${folder}tls.crt" -noout -checkend $((30 * 86400)) >/dev/null \
    || refuse "The certificate of $role ends within 30 days: ./voyage cluster renew makes new ones."
  openssl x509 -in "${folder}tls.crt" -noout -checkhost "$name" | grep -q 'does match' \
    || refuse "The certificate of $role is not for $name: this folder belongs to another server."
  [ "$(openssl x509 -in "${folder}tls.crt" -noout -pubkey)" = "$(openssl pkey -in "${folder}tls.key" -pubout 2>/dev/null)" ] \
    || refuse "The key and the certificate of $role do not belong together: copy both again."
done </project/deploy/cluster/roles.txt
openssl x509 -in certificates/haproxy/door.pem -noout -checkhost "$host" | grep -q 'does match' \
  || refuse "The certificate in certificates/haproxy/door.pem is not for $host, the host of VOYAGE_URL."
openssl verify -CAfile certificates/haproxy/trust.crt -untrusted certificates/haproxy/door.pem certificates/haproxy/door.pem >/dev/null 2>&1 \
  || refuse "The services do not trust certificates/haproxy/door.pem: put its authority into authority/door-authority.crt, and renew."
for each in $names; do
  grep -q " kafka.$each\$" hosts || refuse "The file hosts does not know $each: copy the folder again."
done
exit $wrong
