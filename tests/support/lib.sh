# Shared by the scripts here: background processes that are certain to end, free ports, waiting. To be sourced.
# shellcheck shell=bash

# A process of its own process group, so that Ctrl-C in the terminal does not reach it and its children end with it.
# DIR/run/NAME.pid holds its pid and its start time: a number that was given to another process since is never hit.
spawn() { # DIR NAME LOG COMMAND...
  local dir=$1 name=$2 log=$3 pid
  shift 3
  mkdir -p "$dir/run"
  setsid "$@" >>"$log" 2>&1 </dev/null 9>&- &
  pid=$!
  disown "$pid" 2>/dev/null || true
  echo "$pid $(start_time "$pid")" >"$dir/run/$name.pid"
}

start_time() { # PID
  # The name in field 2 may hold spaces: count from its closing bracket.
  sed 's/^.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20
}

is_running() { # DIR NAME
  local pid since
  [ -f "$1/run/$2.pid" ] || return 1
  read -r pid since <"$1/run/$2.pid" || return 1
  [ -n "$since" ] && [ "$(start_time "$pid")" = "$since" ]
}

group_lives() { # PGID
  # A process that has ended but was not collected by its parent (a zombie) does not count.
  ps -e -o pgid= -o stat= | awk -v group="$1" '$1 == group && $2 !~ /^Z/ { found = 1 } END { exit !found }'
}

end_process() { # DIR NAME [SIGNAL]
  local dir=$1 name=$2 signal=${3:-TERM} pid since tries
  [ -f "$dir/run/$name.pid" ] || return 0
  read -r pid since <"$dir/run/$name.pid" || true
  if [ -z "${pid:-}" ]; then rm -f "$dir/run/$name.pid"; return 0; fi
  # The leader may be gone and its children not: the group keeps its number as long as one of them lives.
  if [ "$(start_time "$pid")" = "$since" ]; then
    kill "-$signal" "$pid" 2>/dev/null || true
  elif [ -n "$(start_time "$pid")" ]; then
    rm -f "$dir/run/$name.pid" # the number belongs to somebody else now
    return 0
  fi
  for tries in $(seq 1 100); do
    group_lives "$pid" || break
    if [ "$tries" = 60 ]; then kill -KILL -- "-$pid" 2>/dev/null || true; fi
    sleep 0.1
  done
  if group_lives "$pid"; then
    echo "$name (process group $pid) does not end" >&2
    return 1
  fi
  rm -f "$dir/run/$name.pid"
}

free_ports() { # COUNT
  php -n -r '
    $held = [];
    for ($i = 0; $i < (int) $argv[1]; $i++) {
      $held[] = $socket = stream_socket_server("tcp://127.0.0.1:0");
      echo substr(strrchr(stream_socket_get_name($socket, false), ":"), 1), "\n";
    }' "$1"
}

port_is_free() { # PORT
  php -n -r 'exit(@stream_socket_server("tcp://127.0.0.1:$argv[1]") ? 0 : 1);' "$1"
}

wait_for() { # SECONDS WHAT COMMAND...
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    if [ $SECONDS -ge $deadline ]; then
      echo "$what did not come up in time" >&2
      return 1
    fi
    sleep 0.1
  done
}

# Runs a command as the user of the web server, with nothing of this shell's environment but what is named.
as_web_user() { # [NAME=VALUE...] COMMAND...
  setpriv --reuid=www-data --regid=www-data --clear-groups --inh-caps=-all env -i PATH="$PATH" LANG=C.UTF-8 "$@"
}
