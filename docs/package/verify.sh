#!/bin/sh
# Er pakken, som den blev pakket, og står alt i den i loggen? Is the package as it was packed, and does the log have all of it?
# Uses sh, awk, base64 and openssl 3, sha256sum where there is one, and nothing of the program that made the package. Asks no
# network, and writes only to a scratch directory of its own.
#
#   sh verify.sh [KEY]     KEY: the log's key from somewhere else than this package, as text or in a file
#
# 0: sandt / true    1: ikke sandt / not true    2: ikke undersøgt / not checked
set -eu
export LC_ALL=C
cd "$(dirname "$0")"

say() { printf '%s\n%s\n' "$1" "$2"; }
no() { say "NEJ: $1" "NO: $2"; exit 1; }
cannot() { say "KAN IKKE TJEKKE: $1" "CANNOT CHECK: $2" >&2; exit 2; }
openssl pkeyutl -help 2>&1 | grep -q rawin || cannot 'openssl 3 mangler' 'openssl 3 is missing'
bag=$PWD scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# 1. Is every file as it was packed? A line of a manifest is a digest, two spaces and a path. First the files that tell of
# the bag, the other manifest among them.
digests() {
    if command -v sha256sum > "$scratch/null"; then sha256sum -c "$1" > "$scratch/judged" 2>&1; return; fi
    while read -r digest path; do
        [ "$(openssl dgst -sha256 -r < "$path" | cut -c 1-64)" = "$digest" ] || { echo "$path: FAILED"; return 1; }
    done < "$1" > "$scratch/judged" 2>&1
}
for manifest in tagmanifest-sha256.txt manifest-sha256.txt; do
    [ -r "$manifest" ] || no "$manifest mangler" "$manifest is missing"
    digests "$manifest" || { grep -v ': OK$' "$scratch/judged" || :; no 'en fil er ændret eller mangler' 'a file is changed or missing'; }
done
find . -type f | sed 's|^\./||' | sort > "$scratch/there"
cut -c 67- tagmanifest-sha256.txt manifest-sha256.txt | sort > "$scratch/listed"
echo tagmanifest-sha256.txt | sort -m - "$scratch/listed" > "$scratch/known"
extra=$(comm -23 "$scratch/there" "$scratch/known")
[ -z "$extra" ] || no "der er lagt noget til: $extra" "something was added: $extra"
say "JA: alle $(wc -l < "$scratch/listed" | tr -d ' ') filer er, som de blev pakket." 'YES: all files are as they were packed.'

# 2. Did the log sign the checkpoint? The key is <name>+<id>+<base64 of one byte for the kind and 32 for the Ed25519 key>.
key=$(head -n 1 data/log/noegle.txt)
if [ $# -gt 0 ]; then
    given=$(if [ -f "$1" ]; then head -n 1 "$1"; else echo "$1"; fi)
    [ "$given" = "$key" ] || no 'pakken er fra en anden log end den, du kender' 'the package is from another log than the one you know'
fi
echo "$key" | grep -qEx '[^+ ]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}' || no 'nøglen er ikke en nøgle' 'the key is no key'
cd "$scratch"
sed '/^$/,$d' "$bag/data/log/checkpoint.txt" > text
name=${key%%+*}
[ "$(head -n 1 text)" = "$name" ] || no 'checkpointet er fra en anden log' 'the checkpoint is from another log'
# In an openssl key file MCowBQYDK2VwAyEA says "an Ed25519 key follows" (RFC 8410).
public=$(echo "${key#*+*+}" | base64 -d | tail -c 32 | base64)
printf -- '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA%s\n-----END PUBLIC KEY-----\n' "$public" > key
signed=no
for signature in $(sed '1,/^$/d' "$bag/data/log/checkpoint.txt" | awk -v name="$name" '$1 == "—" && $2 == name { print $3 }'); do
    echo "$signature" | base64 -d 2> errors | tail -c 64 > signature || continue
    ! openssl pkeyutl -verify -pubin -inkey key -rawin -in text -sigfile signature > errors 2>&1 || signed=yes
done
[ $signed = yes ] || no 'loggen har ikke skrevet under på checkpointet' 'the log did not sign the checkpoint'
size=$(sed -n 2p text) root=$(sed -n 3p text)
case $size in '' | *[!0-9]* | ???????????????????*) no 'checkpointet er ikke et checkpoint' 'the checkpoint is none' ;; esac

# 3. Does every receipt lead to the root that was signed (RFC 9162, section 2.1.3.2), and does each inventory fit? What has led
# there once is noted, so that the next receipt needs to go only as far as that: places in the tree are told by their level
# and the number of the node there.
sha256() { openssl dgst -sha256 -binary; }
mkdir proven
checked=0
for receipt in "$bag"/data/log/kvitteringer/*.txt; do
    [ -e "$receipt" ] || break
    number=$(basename "$receipt" .txt)
    bad() { no "kvittering $number: $1" "receipt $number: $2"; }
    sed '/^$/,$d' "$receipt" > proof
    sed '1,/^$/d' "$receipt" | cmp -s - "$bag/data/log/checkpoint.txt" || bad 'et andet checkpoint' 'another checkpoint'
    awk 'NR == 1 { good = $0 == "c2sp.org/tlog-proof@v1" }
         NR == 2 { good = good && /^extra [A-Za-z0-9+\/]+=*$/ }
         NR == 3 { good = good && /^index (0|[1-9][0-9]*)$/ && length($0) < 25 }
         NR > 3 { good = good && /^[A-Za-z0-9+\/]+=$/ && length($0) == 44 }
         END { exit !(good && NR > 2) }' proof || bad 'er ikke hel' 'is not whole'
    sed -n 's/^extra //p' proof | base64 -d > leaf
    node=$(sed -n 's/^index //p' proof) last=$((size - 1)) level=0
    [ "$node" -le "$last" ] || bad 'loggen var ikke så lang' 'the log was not that long'
    [ "$((node + 1))" = "$(echo "$number" | sed 's/^0*//')" ] || bad 'hedder ikke, hvad den er' 'is not called what it is'
    hash=$({ printf '\000'; cat leaf; } | sha256 | base64)
    path='' known=no
    for sibling in $(sed 1,3d proof); do
        [ "$last" -gt 0 ] || bad 'beviset er for langt' 'the proof is too long'
        path="$path $level-$node=$hash"
        if [ -e "proven/$level-$node" ]; then known=yes; break; fi
        if [ $((node % 2)) = 1 ] || [ "$node" = "$last" ]; then
            while [ $((node % 2)) = 0 ] && [ "$node" != 0 ]; do
                node=$((node / 2)) last=$((last / 2)) level=$((level + 1))
            done
            hash=$({ printf '\001'; { echo "$sibling"; echo "$hash"; } | base64 -d; } | sha256 | base64)
        else
            hash=$({ printf '\001'; { echo "$hash"; echo "$sibling"; } | base64 -d; } | sha256 | base64)
        fi
        node=$((node / 2)) last=$((last / 2)) level=$((level + 1))
    done
    if [ $known = yes ]; then
        [ "$(cat "proven/$level-$node")" = "$hash" ] || bad 'det står ikke i loggen' 'it does not stand in the log'
    else
        [ "$last" = 0 ] || bad 'beviset er for kort' 'the proof is too short'
        [ "$hash" = "$root" ] || bad 'det står ikke i loggen' 'it does not stand in the log'
    fi
    for place in $path; do echo "${place#*=}" > "proven/${place%%=*}"; done
    # The leaf is: livsbog/1 <id> <version> sha256:<digest of the version's inventory>.
    inventory=$bag/data/log/inventory/$number.json
    if [ -e "$inventory" ]; then
        [ "$(openssl dgst -sha256 -r < "$inventory" | cut -c 1-64)" = "$(sed 's/.* sha256://' leaf)" ] ||
            bad 'inventory er ikke den, der blev forseglet' 'the inventory is not the one that was sealed'
    fi
    checked=$((checked + 1))
done
[ "$checked" = "$(($(wc -l < "$bag/data/fuldstaendighed.csv") - 1))" ] ||
    no 'der er ikke en kvittering for hver linje i fuldstaendighed.csv' 'fuldstaendighed.csv has lines without a receipt'
say "JA: alle $checked kvitteringer står i loggen $name, som har skrevet under på $size linjer." \
    "YES: all $checked receipts stand in the log $name, which signed $size lines."
if grep -q '^Completeness: complete' "$bag/bag-info.txt"; then
    say 'JA: ifølge loggen er alt gjort rede for. Læs data/fuldstaendighed.txt.' \
        'YES: by the log everything is accounted for. Read data/fuldstaendighed.txt.'
else
    no 'pakken er ikke hel: læs data/fuldstaendighed.txt' 'the package is not whole: read data/fuldstaendighed.txt'
fi
