#!/bin/sh
# Prints where tests put what they make. Each makes and removes thousands of small files, which on a disk takes longer than
# the test itself: so in memory, where half of what is there is more than they ever take at once.
enough=8388608 # KiB
room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
memory=$(awk '$1 == "MemAvailable:" { print $2 }' /proc/meminfo)
runs_programs() { ! grep -q '^[^ ]* /dev/shm .*noexec' /proc/mounts; }
if [ -w /dev/shm ] && runs_programs && [ "${room:-0}" -gt $enough ] && [ "${memory:-0}" -gt $enough ]; then echo /dev/shm; else echo /tmp; fi
