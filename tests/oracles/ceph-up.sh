#!/bin/bash
# A one-node Ceph 16.2 object gateway with a memory-backed store: a real S3 server with versioning and
# Object Lock, started without systemd. Debian packages: radosgw ceph-mon ceph-mgr ceph-osd.
# Usage: ceph-up.sh DIR [PORT [MONITOR_PORT]]   -> S3 at http://127.0.0.1:PORT (7480), keys AKIDAKID / SKSKSKSK.
# A monitor port of its own (6789) keeps it apart from another cluster, also from one that is still ending.
# Stop it with: ceph-down.sh DIR
set -euo pipefail
dir=${1:?usage: ceph-up.sh DIR [PORT]}; port=${2:-7480}; monitor="[v1:127.0.0.1:${3:-6789}]"
mkdir -p "$dir"; dir=$(cd "$dir" && pwd)
rm -rf "$dir"/{mon,osd,mgr,run,log,monmap}; mkdir -p "$dir"/{mon,osd,mgr,run,log}
fsid=$(cat /proc/sys/kernel/random/uuid)
cat > "$dir/ceph.conf" <<C
[global]
fsid=$fsid
mon host=$monitor
mon initial members=a
auth cluster required=none
auth service required=none
auth client required=none
osd pool default size=1
osd pool default min size=1
osd pool default pg num=4
osd pool default pgp num=4
mon warn on pool no redundancy=false
mon allow pool size one=true
osd crush chooseleaf type=0
osd objectstore=memstore
memstore device bytes=2147483648
osd class load list=*
osd class update on start=false
osd crush update on start=true
osd class default list=*
mon allow pool delete=true
mon max pg per osd=1000
run dir=$dir/run
log file=$dir/log/\$name.log
pid file=$dir/run/\$name.pid
admin socket=$dir/run/\$name.asok
mon data avail crit=1
[mon.a]
mon data=$dir/mon
host=localhost
[osd.0]
osd data=$dir/osd
[mgr.x]
mgr data=$dir/mgr
[client.rgw]
rgw frontends=beast endpoint=127.0.0.1:$port
rgw data=$dir/run
rgw crypt require ssl=false
C
export CEPH_CONF="$dir/ceph.conf"
monmaptool --create --addv a "$monitor" --fsid "$fsid" "$dir/monmap" >/dev/null
ceph-mon --mkfs -i a --monmap "$dir/monmap"
ceph-mon -i a
ceph-mgr -i x || true
osd=$(cat /proc/sys/kernel/random/uuid)
ceph osd new "$osd" 0 >/dev/null
ceph-osd -i 0 --mkfs --osd-uuid "$osd" --osd-objectstore memstore 2>/dev/null
# Now and then it asks the monitor before it has been told the cluster's id ("wrong fsid"), and ends.
for try in 1 2 3 4 5; do ceph-osd -i 0 && break; [ "$try" != 5 ] || exit 1; sleep 1; done
for _ in $(seq 30); do ceph osd stat | grep -q '1 up' && break; sleep 1; done
radosgw -n client.rgw
for _ in $(seq 60); do (echo > "/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 1; done
radosgw-admin -n client.rgw user create --uid=test --display-name=test --access-key=AKIDAKID --secret-key=SKSKSKSK >/dev/null
echo "S3 ready at http://127.0.0.1:$port"
