#!/usr/bin/env bash
# A real SLURM with accounting on this one machine, for the tests marked `slurm`: slurm_node.sh install | start | stop.
# Run as root on Debian 12; needs no systemd and no cgroups. The database's password is for a loopback test database.
set -euo pipefail

PACKAGES=(slurmctld slurmd slurm-client munge slurmdbd mariadb-server)
HOST=$(hostname -s)

running() { pgrep -x "$1" >/dev/null; }

wait_for() { # seconds, command …: until the command succeeds
  local left=$1
  shift
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || { echo "gave up waiting for: $*" >&2; return 1; }
    sleep 1
  done
}

idle() { sinfo -h -o %T | grep -q -E 'idle|mix|alloc'; }

nothing_queued() { [ -z "$(squeue -h)" ]; }

install() {
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${PACKAGES[@]}"
}

folders() {
  mkdir -p /run/munge /var/log/munge /var/lib/munge /var/spool/slurmctld /var/spool/slurmd /var/log/slurm /run/slurm /run/mysqld
  chown munge: /run/munge /var/log/munge /var/lib/munge
  chmod 755 /run/munge
  chown slurm: /var/spool/slurmctld /var/log/slurm /run/slurm
  chown mysql: /run/mysqld
  [ -s /etc/munge/munge.key ] || mungekey --create
  getent hosts "$HOST" >/dev/null || echo "127.0.0.1 $HOST" >>/etc/hosts
}

configure() {
  local memory
  memory=$(($(awk '/MemTotal/{print $2}' /proc/meminfo) / 1024 - 512))
  cat >/etc/slurm/slurm.conf <<CONF
ClusterName=local
SlurmctldHost=$HOST(127.0.0.1)
SlurmUser=slurm
AuthType=auth/munge
CryptoType=crypto/munge
MpiDefault=none
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
ReturnToService=2
SlurmctldPidFile=/run/slurm/slurmctld.pid
SlurmdPidFile=/run/slurmd.pid
SlurmdSpoolDir=/var/spool/slurmd
StateSaveLocation=/var/spool/slurmctld
SlurmctldLogFile=/var/log/slurm/slurmctld.log
SlurmdLogFile=/var/log/slurm/slurmd.log
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
MailProg=/bin/true
InactiveLimit=0
KillWait=5
NodeName=$HOST NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$memory State=UNKNOWN
PartitionName=main Nodes=$HOST Default=YES MaxTime=INFINITE State=UP
CONF
  cat >/etc/slurm/slurmdbd.conf <<CONF
AuthType=auth/munge
DbdHost=localhost
DbdAddr=127.0.0.1
SlurmUser=slurm
StorageType=accounting_storage/mysql
StorageHost=localhost
StorageUser=slurm
StoragePass=slurm
StorageLoc=slurm_acct_db
LogFile=/var/log/slurm/slurmdbd.log
PidFile=/run/slurm/slurmdbd.pid
CONF
  chown slurm: /etc/slurm/slurmdbd.conf
  chmod 600 /etc/slurm/slurmdbd.conf
}

database() {
  if ! running mariadbd; then
    [ -d /var/lib/mysql/mysql ] || mariadb-install-db --user=mysql >/dev/null
    setsid nohup mariadbd --user=mysql --bind-address=127.0.0.1 >/var/log/slurm/mariadb.log 2>&1 </dev/null &
  fi
  wait_for 120 mariadb-admin ping
  mariadb -e "create database if not exists slurm_acct_db;
    create user if not exists 'slurm'@'localhost' identified by 'slurm';
    grant all on slurm_acct_db.* to 'slurm'@'localhost'; flush privileges"
}

start() {
  folders
  configure
  running munged || runuser -u munge -- /usr/sbin/munged
  database # accounting: without it the launcher never learns that a job was killed
  running slurmdbd || slurmdbd
  wait_for 120 sacctmgr -n list cluster
  sacctmgr -n list cluster | grep -qw local || sacctmgr -i add cluster local >/dev/null
  running slurmctld || slurmctld
  running slurmd || slurmd
  wait_for 120 idle
  sinfo
}

stop() {
  local file
  if running slurmctld; then # a job that is just ending would leave its step behind
    wait_for 30 nothing_queued || true
  fi
  for file in /run/slurmd.pid /run/slurm/slurmctld.pid /run/slurm/slurmdbd.pid /run/munge/munged.pid; do
    [ -s "$file" ] && kill "$(cat "$file")" 2>/dev/null || true
  done
  mariadb-admin shutdown 2>/dev/null || true
}

case "${1:-}" in
  install | start | stop) "$1" ;;
  *)
    echo "usage: $0 install | start | stop" >&2
    exit 2
    ;;
esac
