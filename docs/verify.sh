#!/bin/sh
# Er en kvittering fra Barnets livsbog sand? Is a receipt from Barnets livsbog true? VERIFY.md tells more.
# Uses sh, awk, od, base64 and openssl 3, and nothing of the program that gave the receipt. Asks no network, and writes only
# to a scratch directory of its own.
set -eu
export LC_ALL=C

say() { printf '%s\n%s\n' "$1" "$2"; }
no() { say "NEJ: $1" "NO: $2"; exit 1; }
incomplete() { no 'det er ikke en hel kvittering' 'this is not a whole receipt'; }
cannot() { say "KAN IKKE TJEKKE: $1" "CANNOT CHECK: $2" >&2; exit 2; }
usage() {
    cat >&2 <<'END'
sh verify.sh [-o OBJECT] [-w WITNESS] [-s STAMP [-r RENEWAL]...] RECEIPT KEY
  RECEIPT  filen med kvitteringen                           the file with the receipt
  KEY      loggens nøgle, eller en fil med den              the log's key, or a file with it
  OBJECT   en inventory.json, eller hele objektets mappe    an inventory.json, or the object's whole directory
  WITNESS  nøglen til et vidne, eller en fil med den        a witness's key, or a file with it
  STAMP    en mappe med et tidsstempel                      a directory with a time stamp
  RENEWAL  en mappe med en fornyelse, den ældste først      a directory with a renewal, the oldest first
  0: sandt / true    1: ikke sandt / not true    2: ikke undersøgt / not checked
END
    exit 2
}
sha256() { openssl dgst -sha256 -binary; }
digest_of() { openssl dgst -sha256 -r < "$1" | cut -c 1-64; }

object='' witness='' stamp='' renewals=''
while getopts o:w:s:r: option; do
    case $option in
        o) object=$OPTARG ;;
        w) witness=$OPTARG ;;
        s) stamp=$OPTARG ;;
        r) renewals="$OPTARG
$renewals" ;;
        *) usage ;;
    esac
done
shift $((OPTIND - 1))
[ $# = 2 ] || usage
for file in "$1" ${object:+"$object"} ${stamp:+"$stamp/response.tsr"}; do
    [ -r "$file" ] || cannot "$file kan ikke læses" "$file cannot be read"
done
openssl pkeyutl -help 2>&1 | grep -q rawin || cannot 'openssl 3 mangler' 'openssl 3 is missing'
key_in() {
    if [ -f "$1" ]; then head -n 1 "$1"; else echo "$1"; fi |
        grep -Ex '[^+ ]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}' || cannot "$1 er ikke en nøgle" "$1 is not a key"
}
key=$(key_in "$2")
[ -z "$witness" ] || witness=$(key_in "$witness")

# A receipt is a proof, an empty line, and a checkpoint; a checkpoint is a text, an empty line, and who signed it.
here=$PWD scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tr -d '\r' < "$1" > "$scratch/receipt"
cd "$scratch"
sed '/^$/,$d' receipt > proof
sed '1,/^$/d' receipt > checkpoint
sed '/^$/,$d' checkpoint > text
awk 'NR == 1 { good = $0 == "c2sp.org/tlog-proof@v1" }
     NR == 2 { good = good && /^extra [A-Za-z0-9+\/]+=*$/ }
     NR == 3 { good = good && /^index (0|[1-9][0-9]*)$/ && length($0) < 25 }
     NR > 3 { good = good && /^[A-Za-z0-9+\/]+=$/ && length($0) == 44 }
     END { exit !(good && NR > 2) }' proof &&
    awk 'NR == 2 { good = /^[1-9][0-9]*$/ && length($0) < 19 } END { exit !(good && NR > 2) }' text ||
    incomplete

# 1. Did this log sign the text? The key is <name>+<id>+<base64 of one byte for the kind and 32 for the Ed25519 key>.
name=${key%%+*}
[ "$(head -n 1 text)" = "$name" ] || no 'kvitteringen er fra en anden log' 'the receipt is from another log'
# In an openssl key file MCowBQYDK2VwAyEA says "an Ed25519 key follows" (RFC 8410).
open_key() {
    public=$(echo "${1#*+*+}" | base64 -d | tail -c 32 | base64)
    printf -- '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA%s\n-----END PUBLIC KEY-----\n' "$public" > key
}
signatures_of() { sed '1,/^$/d' checkpoint | awk -v name="$1" '$1 == "—" && $2 == name { print $3 }'; }
signed() {
    tail -c 64 signed > signature
    openssl pkeyutl -verify -pubin -inkey key -rawin -in "$1" -sigfile signature > errors 2>&1
}
open_key "$key"
by_log=no
for signature in $(signatures_of "$name"); do
    echo "$signature" | base64 -d > signed 2> errors || continue
    ! signed text || by_log=yes
done
[ $by_log = yes ] || no 'loggen har ikke skrevet under på dette' 'the log did not sign this'

# 2. Does the leaf lead to the root in the text? (RFC 9162, section 2.1.3.2)
sed -n 's/^extra //p' proof | base64 -d > leaf 2> errors || incomplete
index=$(sed -n 's/^index //p' proof) size=$(sed -n 2p text)
node=$index last=$((size - 1))
[ "$node" -le "$last" ] || no 'loggen var ikke så lang' 'the log was not that long'
{ printf '\000'; cat leaf; } | sha256 > hash
for sibling in $(sed 1,3d proof); do
    [ "$last" -gt 0 ] || no 'beviset er for langt' 'the proof is too long'
    echo "$sibling" | base64 -d > sibling
    if [ $((node % 2)) = 1 ] || [ "$node" = "$last" ]; then
        cat sibling hash > pair
        while [ $((node % 2)) = 0 ] && [ "$node" != 0 ]; do node=$((node / 2)) last=$((last / 2)); done
    else
        cat hash sibling > pair
    fi
    { printf '\001'; cat pair; } | sha256 > hash
    node=$((node / 2)) last=$((last / 2))
done
[ "$last" = 0 ] || no 'beviset er for kort' 'the proof is too short'
[ "$(base64 < hash)" = "$(sed -n 3p text)" ] || no 'det står ikke i loggen' 'it does not stand in the log'
say "JA: det står i loggen $name, som nummer $((index + 1)) af $size:" \
    "YES: it stands in the log $name, as number $((index + 1)) of $size:"
cat leaf

# 3. Did a witness see the log like this? A cosignature is four bytes of the key's id, eight for the time, and the signature
# (C2SP tlog-cosignature).
day() {
    echo "$1" | awk '{ days = int($1 / 86400) + 719468; era = int(days / 146097); day = days - era * 146097
        year = int((day - int(day / 1460) + int(day / 36524) - int(day / 146096)) / 365)
        day -= 365 * year + int(year / 4) - int(year / 100); month = int((5 * day + 2) / 153)
        day -= int((153 * month + 2) / 5) - 1
        printf "%d-%02d-%02d\n", year + era * 400 + (month > 9), (month + 2) % 12 + 1, day }'
}
if [ -n "$witness" ]; then
    open_key "$witness"
    witness=${witness%%+*} seen=''
    for signature in $(signatures_of "$witness"); do
        echo "$signature" | base64 -d > signed 2> errors || continue
        time=$(od -A n -v -t u1 -j 4 -N 8 signed | awk '{ for (i = 1; i <= NF; i++) time = time * 256 + $i }
            END { printf "%.0f", time }')
        { printf 'cosignature/v1\ntime %s\n' "$time"; cat text; } > cosigned
        ! signed cosigned || seen=$time
    done
    [ -n "$seen" ] || no "vidnet $witness har ikke skrevet under på dette" "the witness $witness did not cosign this"
    say "JA: vidnet $witness så loggen sådan $(day "$seen")." \
        "YES: the witness $witness saw the log like this on $(day "$seen")."
fi

# 4. Is the object the one that the leaf names: livsbog/1 <id> <version> sha256:<digest of the version's inventory>?
cd "$here"
if [ -n "$object" ]; then
    inventory=$object
    [ ! -d "$object" ] || inventory=$object/$(cut -d ' ' -f 3 "$scratch/leaf")/inventory.json
    [ "$(digest_of "$inventory")" = "$(sed 's/.* sha256://' "$scratch/leaf")" ] ||
        no "$inventory er ikke den, der blev forseglet" "$inventory is not the one that was sealed"
    tr '"' '\n' < "$inventory" | grep -E '^v[0-9]+/content/[0-9a-f]{64}$' > "$scratch/files"
    [ ! -d "$object" ] || while read -r file; do
        [ "$(digest_of "$object/$file")" = "${file##*/}" ] || no "$file er ændret" "$file is changed"
    done < "$scratch/files"
    say "JA: $object er den, der blev forseglet." "YES: $object is the one that was sealed."
fi

# 5. Did somebody else see this very checkpoint at some time? (RFC 3161) A stamp holds by certificates that are good now, or
# were good when the next renewal was made: a stamp on the digests of all files of the stamps before it.
at='' list=''
stamped() {
    openssl ts -verify -data "$1" -in "$2/response.tsr" -CAfile "$2/authority.pem" ${3:+-attime "$3"} \
        > "$scratch/errors" 2>&1
}
time_of() { openssl ts -reply -in "$1/response.tsr" -text 2> "$scratch/errors" | sed -n 's/^Time stamp: //p'; }
# 'Nov 23 20:07:23 2026 GMT' in seconds since 1970. Years begin in March here, so that a leap day is the last.
seconds() {
    echo "$1" | awk '{ split($3, clock, ":"); month = (index("JanFebMarAprMayJunJulAugSepOctNovDec", $1) + 2) / 3
        year = $4 - (month < 3); days = 365 * year + int(year / 4) - int(year / 100) + int(year / 400)
        days += int((153 * ((month + 9) % 12) + 2) / 5) + $2 - 719469
        printf "%.0f\n", days * 86400 + clock[1] * 3600 + clock[2] * 60 + int(clock[3]) }'
}
judge() {
    [ -r "$2/response.tsr" ] || cannot "$2 kan ikke læses" "$2 cannot be read"
    [ -z "$list" ] || for file in response.tsr authority.pem; do
        grep -q "^$(digest_of "$2/$file")  .*/$file\$" "$list" ||
            no "$list nævner ikke $2/$file, som den er" "$list does not list $2/$file as it is"
    done
    stamped "$1" "$2" "$at" && return
    ! stamped "$1" "$2" "$(seconds "$(time_of "$2")")" ||
        cannot "myndighedens certifikat er udløbet; giv den fornyelse, der kom før, med -r" \
            "the authority's certificate has ended; give the renewal that came before, with -r"
    no "$2 er ikke for $3" "$2 is not for $4"
}
if [ -n "$stamp" ]; then
    printf %s "$renewals" > "$scratch/renewals"
    while read -r renewal; do
        judge "$renewal/earlier.sha256" "$renewal" 'sin liste' 'its list'
        at=$(seconds "$(time_of "$renewal")") list=$renewal/earlier.sha256
    done < "$scratch/renewals"
    judge "$scratch/checkpoint" "$stamp" 'denne kvittering' 'this receipt'
    time=$(time_of "$stamp")
    say "JA: tidsstemplet siger $time, når authority.pem er myndighedens egen." \
        "YES: the time stamp says $time, provided that authority.pem is the authority's own."
    [ -z "$list" ] || say "    Fornyet af $list." "    Renewed by $list."
fi
