# Arguments: the server's folder, its owner's mark, "temporary" or "own", the file with the server's process id, what its
# command line holds. Standard input: the pipe from the owner.
trap '' INT HUP TERM
folder=$1 mark=$2 kind=$3 pid_file=$4 command_part=$5

if read -r word && [ "$word" = done ]; then exit 0; fi

still_ours() { [ "$(cat "$folder/owner" 2>/dev/null)" = "$mark" ]; }

command_line() {
  if [ -r /proc/self/cmdline ]; then
    tr '\0' ' ' < "/proc/$1/cmdline" 2>/dev/null
  else
    printf '%s ' "$(ps -ww -o command= -p "$1" 2>/dev/null)"
  fi
}

is_server() {
  case "$(command_line "$1")" in
    *"$command_part"*) return 0 ;;
    *) return 1 ;;
  esac
}

# The owner may have died while the server was starting: give its pid file time to appear.
pid= tries=0
while [ "$tries" -lt 30 ]; do
  pid=$(head -n 1 "$pid_file" 2>/dev/null)
  if [ -n "$pid" ] && is_server "$pid"; then break; fi
  pid=
  still_ours || exit 0
  sleep 0.1
  tries=$((tries + 1))
done

# The mark is looked at after the pid: while it is ours, nobody else has started a server here.
end_with() {
  limit=$2
  while [ "$limit" -gt 0 ] && is_server "$pid"; do
    still_ours || exit 0
    if [ "$limit" -eq "$2" ]; then kill "-$1" "$pid"; fi
    sleep 0.1
    limit=$((limit - 1))
  done
}
if [ -n "$pid" ]; then
  end_with INT 50
  end_with QUIT 20
  end_with KILL 20
fi

if [ "$kind" = temporary ] && still_ours; then rm -rf -- "$folder"; fi
