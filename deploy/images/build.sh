#!/usr/bin/env bash
# Makes images without a registry, from Debian's packages and from what Maven has built: build.sh [--plan] [IMAGE...]
# ./voyage images calls it. With --plan it only names the images that it would make.
# VOYAGE_DEBIAN_MIRROR names another archive of Debian, VOYAGE_DEBIAN_SECURITY_MIRROR that of its security updates (by default the same
# address with -security).
set -euo pipefail
shopt -s inherit_errexit
export LC_ALL=C.UTF-8
cd "$(dirname "$0")"
here=$PWD project=$(cd ../.. && pwd)
target=$here/target
version=$(sed -n 's#^  <version>\(.*\)</version>$#\1#p' "$project/pom.xml")
property() { sed -n "s#^ *<$1>\(.*\)</$1>\$#\1#p" "$project/$2"; }
kafka=$(property kafka.version pom.xml)
keycloak=$(property keycloak.version pom.xml)
# No file is younger; so two builds of one state give the same layers.
SOURCE_DATE_EPOCH=$(date -d "$(property project.build.outputTimestamp pom.xml)" +%s)
export SOURCE_DATE_EPOCH
suite=trixie
all='jre libraries mobility cooperation overseas standards indicators feeds dashboard issuer kafka keycloak postgres etcd haproxy prometheus'

mirror=()
# A snapshot's lists have expired; their signatures are checked.
case ${VOYAGE_DEBIAN_MIRROR:-} in *snapshot*) deb='deb [check-valid-until=no]' ;; *) deb=deb ;; esac
[ -z "${VOYAGE_DEBIAN_MIRROR:-}" ] || mirror=("$deb $VOYAGE_DEBIAN_MIRROR $suite main" "$deb $VOYAGE_DEBIAN_MIRROR $suite-updates main"
  "$deb ${VOYAGE_DEBIAN_SECURITY_MIRROR:-$VOYAGE_DEBIAN_MIRROR-security} $suite-security main")

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# An archive whose content depends on the files alone.
pack() {
  tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --clamp-mtime --owner=0 --group=0 --numeric-owner "$@"
}

# debian NAME PACKAGES [OPTION...]: a root with these packages, without manuals and translations.
debian() {
  local name=$1 packages=$2
  shift 2
  local hooks=()
  [ ! -d "$name/root" ] || hooks+=(--customize-hook="sync-in '$here/$name/root' /")
  mmdebstrap --quiet --variant=minbase --include="$packages" \
    --dpkgopt='path-exclude=/usr/share/man/*/*' --dpkgopt='path-exclude=/usr/share/locale/*/*' \
    --dpkgopt='path-exclude=/usr/share/doc/*/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    "$@" ${hooks[@]+"${hooks[@]}"} --customize-hook='rm -rf "$1"/var/log/* "$1"/var/cache/* "$1"/etc/ssl/private/*' \
    --customize-hook="dpkg-query --admindir=\"\$1/var/lib/dpkg\" -W -f 'deb debian/\${Package} \${Version}\\n' >'$target/$name/parts.txt'" \
    $suite "$target/$name/root.tar" ${mirror[@]+"${mirror[@]}"} >"$target/$name/build.log" 2>&1 \
    || { tail -n 20 "$target/$name/build.log" >&2; die "Debian's packages of the image $name were not to be had: see $target/$name/build.log."; }
}

# user NAME ID GROUP HOME: the hook that adds a user and, for PostgreSQL's packages, comes before they are configured.
user() {
  echo "echo '$1:x:$2:$3::$4:/usr/sbin/nologin' >>\"\$1/etc/passwd\"; [ $3 = 0 ] || echo '$1:x:$3:' >>\"\$1/etc/group\"; mkdir -p \"\$1$4\"; chown $2:$3 \"\$1$4\""
}

# folder NAME: what goes into an image on top of its base; the own files of the image come first.
folder() {
  rm -rf "$target/$1/root"
  mkdir -p "$target/$1/root"
  [ ! -d "$1/root" ] || cp -R "$1/root/." "$target/$1/root/"
  chmod -R u=rwX,go=rX "$target/$1/root"
  echo "$target/$1/root"
}

# image NAME TAG [BASE] [DOCKERFILE]: the image of the root that lies in target/NAME.
image() {
  local name=$1 tag=$2 base=${3:-} file=${4:-$1}
  cp "$file/Dockerfile" "$target/$name/Dockerfile"
  [ ! -d "$target/$name/root" ] || pack -C "$target/$name" --exclude=./root.tar -cf "$target/$name/root.tar" \
    --transform='s#^root#.#' root
  printf 'root\n*.log\n' >"$target/$name/.dockerignore"
  docker build --quiet --tag "voyage/$name:$tag" ${base:+--build-arg "BASE=$base"} "$target/$name" >"$target/$name/id" 2>"$target/$name/docker.log" \
    || { cat "$target/$name/docker.log" >&2; die "Docker could not make the image voyage/$name:$tag."; }
  rm -rf "$target/$name/root" "$target/$name/root.tar"
  list_parts "$name" "$tag" "$base" >"$target/sbom/$name.cdx.json"
  docker image inspect --format "voyage/$name:$tag {{.Size}} {{range .RootFS.Layers}}{{.}} {{end}}" "voyage/$name:$tag" >"$target/$name/layers.txt"
  say "  $(printf '%-24s %5d MB  %4d s' "voyage/$name:$tag" "$(($(cut -d' ' -f2 "$target/$name/layers.txt") / 1000000))" $((SECONDS - begun)))"
}

# list_parts NAME TAG BASE: the parts of an image as CycloneDX. parts.txt has lines of ecosystem, group/name and version.
list_parts() {
  local name=$1 tag=$2 base=${3#voyage/}
  base=${base%:*}
  [ -z "$base" ] || cat "$target/$base/parts.txt" >>"$target/$name/parts.txt"
  sort -u -o "$target/$name/parts.txt" "$target/$name/parts.txt"
  ! grep -vE '^(npm [^ ]+|[a-z]+ [^ ]+/[^ ]+) [0-9][^ ]*$' "$target/$name/parts.txt" >&2 || die "A part of the image $name has no name or version."
  awk -v name="voyage/$name" -v tag="$tag" '
    function encode(text) { gsub(/%/, "%25", text); gsub(/\+/, "%2B", text); gsub(/:/, "%3A", text); gsub(/@/, "%40", text); gsub(/~/, "%7E", text); return text }
    BEGIN { printf "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,\"metadata\":{\"component\":{\"type\":\"container\",\"name\":\"%s\",\"version\":\"%s\"}},\"components\":[", name, tag }
    { printf "%s\n{\"type\":\"library\",\"name\":\"%s\",\"version\":\"%s\",\"purl\":\"pkg:%s/%s@%s\"}", (NR > 1 ? "," : ""), $2, $3, $1, encode($2), encode($3) }
    END { print "]}" }' "$target/$name/parts.txt"
}

# Jars that lie in this folder of every service of records, indicators and feeds.
libraries() {
  local services='mobility cooperation overseas standards indicators feeds' service
  for service in $services; do
    (cd "$project/services/$service/target/quarkus-app" && find lib -type f)
  done | sort | uniq -c | awk -v n="$(wc -w <<<"$services")" '$1 == n { print $2 }'
}

make() {
  local name=$1 root app begun=$SECONDS
  mkdir -p "$target/$name"
  case $name in
    jre)
      # The file of authorities has times in it, this form has none.
      # Java's archive of its own classes knows its file by the time, so it is made after the times are set; of four one is used.
      debian jre openjdk-25-jre-headless,ca-certificates \
        --customize-hook="$(user voyage 1001 0 /data); $(user kafka 1000 1000 /var/lib/kafka/data)" \
        --customize-hook='cd "$1"/usr/lib/jvm && ln -s java-25-openjdk-* default-java && rm -f default-java/lib/server/*.jsa
          find default-java/ -type f -newermt "@$SOURCE_DATE_EPOCH" -exec touch -d "@$SOURCE_DATE_EPOCH" {} + && chroot "$1" java -Xshare:dump >/dev/null' \
        --customize-hook='chroot "$1" openssl pkcs12 -export -nokeys -jdktrust anyExtendedKeyUsage -certpbe NONE -nomac -passout pass: \
          -in /etc/ssl/certs/ca-certificates.crt -out /etc/ssl/certs/java/cacerts'
      image jre 25
      ;;
    libraries)
      root=$(folder libraries)
      mkdir "$root/app"
      : >"$target/libraries/parts.txt"
      libraries | (cd "$project/services/overseas/target/quarkus-app" && xargs cp --parents -t "$root/app")
      image libraries "$version" voyage/jre:25
      ;;
    mobility | cooperation | overseas | standards | indicators | feeds | dashboard)
      root=$(folder "$name")
      app=$project/services/$name/target/quarkus-app
      [ -f "$app/quarkus-run.jar" ] || die "Build Voyage first: ./voyage images does."
      cp -R "$app" "$root/app"
      sed -E 's#^([^:]+):([^:]+):[^:]*:jar:(.+)$#maven \1/\2 \3#' "$app/quarkus-app-dependencies.txt" >"$target/$name/parts.txt"
      if [ "$name" = dashboard ]; then
        # The file ends without an end of line.
        { cat "$project/services/dashboard/web/src/generated/licences.json"; echo; } | sed 's#},{#\n#g' \
          | sed -E 's#.*"name":"([^"]+)","version":"([^"]+)".*#npm \1 \2#' >>"$target/$name/parts.txt"
        image "$name" "$version" voyage/jre:25 services
      else
        libraries | (cd "$root/app" && xargs rm -f)
        image "$name" "$version" "voyage/libraries:$version" services
      fi
      ;;
    issuer)
      root=$(folder issuer)
      mkdir -p "$root/app/lib"
      cp -R "$project/deploy/local/target/classes" "$root/app/"
      cp "$target/issuer-libraries/nimbus-jose-jwt-$(property nimbus.version pom.xml).jar" "$root/app/lib/"
      ls "$root/app/lib" | sed -E 's#^(.+)-([0-9][^-]*)\.jar$#maven com.nimbusds/\1 \2#' >"$target/issuer/parts.txt"
      image issuer "$version" voyage/jre:25
      ;;
    kafka)
      root=$(folder kafka)
      mkdir -p "$root/opt/kafka/libs"
      sed -nE 's#^ +([^:]+):([^:]+):jar:([^:]+:)?([^:]+):(compile|runtime).*#maven \1/\2 \4#p' "$target/kafka-libraries.txt" >"$target/kafka/parts.txt"
      # Maven leaves jars of former versions there.
      sed 's#.*/##; s# #-#; s#$#.jar#' "$target/kafka/parts.txt" | (cd "$target/kafka-libraries" && xargs cp -t "$root/opt/kafka/libs")
      image kafka "$kafka" voyage/jre:25
      ;;
    keycloak)
      root=$(folder keycloak)
      mkdir -p "$root/opt"
      cp -R "$target/keycloak-dist/keycloak-$keycloak" "$root/opt/keycloak"
      # Built for PostgreSQL, so a start writes nothing into the image.
      "$root/opt/keycloak/bin/kc.sh" build --db=postgres --health-enabled=true --metrics-enabled=true >"$target/keycloak/build.log" 2>&1 \
        || { tail -n 20 "$target/keycloak/build.log" >&2; die "Keycloak could not be built."; }
      echo "maven org.keycloak/keycloak-quarkus-dist $keycloak" >"$target/keycloak/parts.txt"
      # A jar's name is group.artifact-version; groups are often repeated in artifacts (jakarta.json.jakarta.json-api).
      find "$root/opt/keycloak/lib/lib" -name '*.jar' -printf '%f\n' \
        | sed -E 's#^(.+)-([0-9][^-]*\.Final.*)\.jar$#\1 \2#; t; s#^(.+)-([0-9][^-]*(-[^-0-9][^-]*)*)\.jar$#\1 \2#' \
        | sed -E 's#^(.+)\.(\1[^ ]*) (.*)#maven \1/\2 \3#; t; s#^(.*)\.([A-Za-z][^ ]*) (.*)#maven \1/\2 \3#' \
        | sed -E 's#-linux-[a-z0-9_]+$##' >>"$target/keycloak/parts.txt"
      image keycloak "$keycloak" voyage/jre:25
      ;;
    postgres)
      # Without the compiler of queries, which is a third of the image and of no use for short ones.
      debian postgres postgresql-17,patroni,python3-etcd,python3-psycopg2,pgbackrest \
        --essential-hook="$(user postgres 999 999 /var/lib/postgresql)" \
        --customize-hook='rm -rf "$1"/var/lib/postgresql/* "$1"/etc/postgresql/17 "$1"/etc/ssl/certs/ssl-cert-snakeoil.pem; rm -rf "$1"/run/postgresql "$1"/usr/lib/*/libLLVM* "$1"/usr/lib/llvm* "$1"/usr/lib/postgresql/17/lib/llvmjit* "$1"/usr/lib/postgresql/17/lib/bitcode'
      # The list of packages still has it.
      sed -i '/^deb debian\/libllvm/d' "$target/postgres/parts.txt"
      image postgres 17
      ;;
    etcd)
      debian etcd etcd-server,etcd-client --customize-hook="$(user etcd-data 1000 1000 /data)"
      image etcd 3.5
      ;;
    haproxy)
      debian haproxy haproxy,ca-certificates
      image haproxy 3.0
      ;;
    prometheus)
      debian prometheus prometheus,prometheus-alertmanager,ca-certificates --customize-hook="$(user metrics 1000 1000 /data)"
      image prometheus 2.53
      ;;
  esac
}

export DOCKER_BUILDKIT=0
plan=''
[ "${1:-}" != --plan ] || { plan=yes; shift; }
wanted=" ${*:-$all} "
for name in $wanted; do
  case $name in
    # A service lacks what its base has, so both are made of one state.
    mobility | cooperation | overseas | standards | indicators | feeds) wanted+='libraries ' ;;
  esac
  case $name in
    jre | postgres | etcd | haproxy | prometheus) ;;
    *) docker image inspect voyage/jre:25 >/dev/null 2>&1 && [ -s "$target/jre/parts.txt" ] || wanted+='jre ' ;;
  esac
  case " $all " in *" $name "*) ;; *) die "There is no image called \"$name\". There are: $all." ;; esac
done
[ -z "$plan" ] || { echo $wanted; exit; }
# Bases come first.
mkdir -p "$target/sbom"
for name in $all; do
  case $wanted in *" $name "*) make "$name" ;; esac
done
cat "$target"/*/layers.txt >"$target/images.txt"
say "Parts of each image: $target/sbom. Layers: $target/images.txt."
