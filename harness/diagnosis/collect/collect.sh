#!/bin/sh
# Gathers what `proxyproof check` reads from a GitLab Runner host into one .tar.gz: configuration files, units, versions, the last
# lines of logs, listening addresses. Every secret is replaced by one of the same shape. Changes nothing on the host, and sends
# nothing anywhere. Run it as root: sh collect.sh [FILE.tar.gz]
set -u
umask 077
LC_ALL=C
export LC_ALL

# A host's root other than /; for tests.
root=${COLLECT_ROOT:-}
# Seconds that commands get, all of them at once.
limit=${COLLECT_LIMIT:-8}
# Most of one file, in bytes, and of one log, in lines.
most=4000000
tail_lines=500

output=${1:-proxyproof-$(uname -n)-$(date +%Y%m%d-%H%M%S).tar.gz}
case $output in
  */*) parent=${output%/*} ;;
  *) parent=. ;;
esac
if [ ! -d "${parent:-/}" ] || [ ! -w "${parent:-/}" ]; then
  echo "collect: $output cannot be written: ${parent:-/} is no directory that you may write to. Name another file: sh collect.sh FILE.tar.gz" >&2
  exit 1
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/proxyproof-collect.XXXXXX") || {
  echo "collect: no temporary directory can be made in ${TMPDIR:-/tmp}. Set TMPDIR to one that you may write to." >&2
  exit 1
}
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM HUP
bundle=$work/bundle
raw=$work/raw
mkdir "$bundle" "$raw"
report=$bundle/collected.txt

# Replaces letters and digits of secrets: what else stands in them (an @, a %, a #) may be what is wrong.
mask() {
  awk '
    function shape(text) { gsub(/[a-z]/, "x", text); gsub(/[A-Z]/, "X", text); gsub(/[0-9]/, "0", text); return text }
    # What stands before the last @ of what may be a URL; the user stays.
    function url(word,   at, i, head, rest, from, colon, user) {
      at = 0
      for (i = 1; i <= length(word); i++) if (substr(word, i, 1) == "@") at = i
      if (!at) for (i = 1; i <= length(word); i++) if (substr(word, i, 3) == "%40") at = i
      if (at < 2) return word
      head = substr(word, 1, at - 1); rest = substr(word, at)
      from = index(head, "://")
      if (from) from += 3
      else if (match(head, /^.*https?:?\/+/)) from = RLENGTH + 1
      else if (match(head, /^[^:]*[=\[("\47]/)) from = RLENGTH + 1
      else from = 1
      # A name, as in http://http://u:p@h or HTTP_PROXY: http://…
      while ((i = index(substr(head, from), "://")) > 0) from += i + 2
      user = substr(head, from)
      colon = index(user, ":")
      if (colon) return substr(head, 1, from - 1) substr(user, 1, colon) shape(substr(user, colon + 1)) rest
      if (index(head, "//")) return substr(head, 1, from - 1) shape(user) rest
      return word
    }
    # All that comes behind what a pattern matches, up to the end of a quoted or unquoted value.
    function behind(line, pattern, stop,   done, start, value, end) {
      done = ""
      while (match(tolower(line), pattern)) {
        start = RSTART + RLENGTH
        done = done substr(line, 1, start - 1)
        line = substr(line, start)
        if (substr(line, 1, 1) == "\"" || substr(line, 1, 1) == "\47") {
          done = done substr(line, 1, 1); end = index(substr(line, 2), substr(line, 1, 1))
          value = end ? substr(line, 2, end - 1) : substr(line, 2)
          line = substr(line, length(value) + 2)
        } else {
          end = match(line, stop)
          value = end ? substr(line, 1, end - 1) : line
          line = substr(line, length(value) + 1)
        }
        done = done shape(value)
        if (line == "") break
      }
      return done line
    }
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/ { key = 1; print; next }
    /-----END [A-Z ]*PRIVATE KEY-----/ { key = 0 }
    key { print shape($0); next }
    {
      line = $0
      # cntlm.conf: Password, PassNT and the like; what stands there is taken whole.
      if (match(tolower(line), /^[ \t#;]*pass(word|ntlmv2|nt|lm)?[ \t"\47:=]+/)) {
        print substr(line, 1, RLENGTH) shape(substr(line, RLENGTH + 1)); next
      }
      if (index(line, "@") || index(line, "%40")) {
        n = split(line, words, /[ \t]/)
        out = ""; first = 1
        for (i = 1; i <= n; i++) {
          word = words[i]
          # A password with a blank in it: up to the word with the @.
          if (word ~ /:\/*[^\/:@]+:[^@]*$/ && word !~ /:[0-9]+([\/"\47,;\]]|$)/) {
            for (j = i + 1; j <= n && words[j] !~ /:\/\//; j++) if (index(words[j], "@")) {
              while (i < j) { i++; word = word " " words[i] }
              break
            }
          }
          if (word !~ /@sha256:/) word = url(word)
          out = first ? word : out " " word
          first = 0
        }
        # Blanks and tabs as they were.
        line = blanks(line, out)
      }
      line = behind(line, "(proxy-)?authorization[\"\47]?[:=][ \t]*[\"\47]?(basic|bearer|digest|ntlm|negotiate)?[ \t]*", "[\"\47\r]")
      line = behind(line, "(private-token|job-token|deploy-token|runner-token|registry-token)[\"\47]?[:=][ \t]*", "[ \t\"\47,;\r]")
      line = behind(line, "[a-z0-9_.-]*(token|password|passwd|passphrase|secret|secretkey|secret_key|accesskey|access_key|access_key_id|account_key|accountkey|_auth|credential|sasl_pass)[\"\47]?[ \t]*[:=][ \t]*", "[ \t\"\47,;}\r]")
      line = behind(line, "\"auth\"[ \t]*:[ \t]*", "[ \t,}]")
      line = behind(line, "<(password|passphrase|privatekey)>", "<")
      line = behind(line, "(--?(proxy-)?(user|password|pass)|--proxy-user|proxy-user|proxy_user|proxy_password|http_password|cache_peer .*login)[ \t]*[= :][ \t]*[\"\47]?[^ \t:=\"\47]*:", "[ \t\"\47\r]")
      line = behind(line, "(x-amz-signature|x-amz-credential|x-amz-security-token|signature|sig)=", "[&\"\47 \t\r]")
      line = behind(line, "authenticate:[ \t]*(ntlm|negotiate)[ \t]+", "[\"\47\r]")
      line = behind(line, "eyj", "[^A-Za-z0-9_.-]")
      line = behind(line, "gl[a-z]*-", "[^A-Za-z0-9_.-]")
      print line
    }
    # The words of one line with the blanks of another.
    function blanks(line, words,   out, i, c, at) {
      at = 1; out = ""
      for (i = 1; i <= length(line); i++) {
        c = substr(line, i, 1)
        out = out ((c == "\t") ? c : substr(words, i, 1))
      }
      return out
    }
  '
}

note() { printf '%s\n' "$1" >> "$report"; }

# Takes a file, or what a pattern finds, if it is there.
take() {
  for name; do
    file=$root$name
    [ -e "$file" ] || [ -L "$file" ] || continue
    if [ ! -f "$file" ]; then
      [ -d "$file" ] || note "$name: it is no regular file, so it was not taken."
    elif [ ! -r "$file" ]; then
      note "$name: it may not be read. Run this as root."
    elif [ "$(wc -c < "$file")" -gt $most ]; then
      note "$name: it is larger than $most bytes, so it was not taken."
    else
      mkdir -p "$bundle${name%/*}"
      mask < "$file" > "$bundle$name"
    fi
  done
}

# Runs a command beside the others; what it prints goes into a file of the bundle.
started=
ask() {
  name=$1
  shift
  command -v "$1" > /dev/null 2>&1 || {
    note "$name: there is no $1 here."
    return
  }
  ("$@" > "$raw/$name" 2>&1 < /dev/null; echo $? > "$raw/$name.done") &
  started="$started $name:$!"
}

units='gitlab-runner docker containerd cntlm'
ask systemctl-show.txt systemctl show --property=Id,LoadState,ActiveState,SubState,FragmentPath,DropInPaths,NeedDaemonReload,MainPID,Environment,EnvironmentFiles \
  gitlab-runner docker containerd cntlm
ask gitlab-runner-version.txt gitlab-runner --version
ask docker-version.txt docker version
ask docker-info.txt docker info
ask git-version.txt git --version
ask systemctl-version.txt systemctl --version
ask cntlm-version.txt cntlm --version
ask git-config.txt git config --system --list
ask listening.txt ss -ltn
ask addresses.txt ip -4 -oneline addr
for unit in gitlab-runner docker cntlm; do
  ask "$unit.log" journalctl --unit $unit --lines $tail_lines --no-pager --output short-iso
done

take /etc/gitlab-runner/config.toml /home/gitlab-runner/.gitlab-runner/config.toml /root/.gitlab-runner/config.toml
for directory in /etc/systemd/system /run/systemd/system /usr/local/lib/systemd/system /usr/lib/systemd/system /lib/systemd/system; do
  # The same directory by another name.
  [ "$directory" = /lib/systemd/system ] && [ -L "$root/lib" ] && continue
  for unit in $units; do
    take "$directory/$unit.service"
    for file in "$root$directory/$unit.service.d"/* "$root$directory/$unit.d"/* "$root$directory/$unit.service.conf.d"/*; do
      take "${file#"$root"}"
    done
  done
  for file in "$root$directory/service.d"/*; do take "${file#"$root"}"; done
done
for file in "$root"/etc/systemd/system.conf "$root"/etc/systemd/system.conf.d/* "$root"/etc/default/docker "$root"/etc/default/gitlab-runner \
  "$root"/etc/default/cntlm "$root"/etc/sysconfig/docker "$root"/etc/sysconfig/gitlab-runner "$root"/etc/profile.d/*proxy* \
  "$root"/etc/docker/*.conf "$root"/etc/docker/*.d/* "$root"/etc/apt/apt.conf "$root"/etc/apt/apt.conf.d/*; do
  take "${file#"$root"}"
done
take /etc/environment /etc/profile /etc/docker/daemon.json /etc/cntlm.conf /etc/gitconfig /etc/wgetrc /etc/pip.conf /etc/npmrc /etc/squid/squid.conf
for home in /root /home/gitlab-runner; do
  take $home/.docker/config.json $home/.gitconfig $home/.npmrc $home/.pip/pip.conf $home/.config/pip/pip.conf $home/.wgetrc \
    $home/.curlrc $home/.m2/settings.xml $home/.gradle/gradle.properties $home/.bashrc $home/.profile $home/.bash_profile
done
# Files that units name by EnvironmentFile=.
grep -rhs '^[[:space:]]*EnvironmentFile=' "$bundle" | sed 's/^[^=]*=-*//' | sort -u | while read -r file; do
  case $file in /*) [ -e "$bundle$file" ] || take "$file" ;; esac
done
if [ -r "$root/var/log/squid/access.log" ]; then
  mkdir -p "$bundle/var/log/squid"
  tail -n $tail_lines "$root/var/log/squid/access.log" | mask > "$bundle/var/log/squid/access.log"
fi

# All commands run at once; whoever is late is left out.
left=$limit
while :; do
  late=
  for each in $started; do [ -e "$raw/${each%%:*}.done" ] || late="$late $each"; done
  [ -n "$late" ] && [ "$left" -gt 0 ] || break
  sleep 1
  left=$((left - 1))
done
for each in $late; do
  note "${each%%:*}: the command did not end within $limit seconds."
  pid=${each##*:}
  for child in $(ps -o pid= -o ppid= 2> /dev/null | awk -v of="$pid" '$2 == of { print $1 }'); do kill -9 "$child" 2> /dev/null; done
  kill -9 "$pid" 2> /dev/null
done
for each in $started; do
  name=${each%%:*}
  [ -e "$raw/$name.done" ] || continue
  if [ -s "$raw/$name" ]; then mask < "$raw/$name" > "$bundle/$name"; else note "$name: the command printed nothing."; fi
done

# What a running service was started with, which its files may no longer say.
for unit in $units; do
  # One paragraph for each unit, in which systemd puts the properties in an order of its own.
  pid=$(awk -v id="Id=$unit.service" 'BEGIN { RS = ""; FS = "\n" } {
    here = 0; pid = ""
    for (i = 1; i <= NF; i++) { if ($i == id) here = 1; if ($i ~ /^MainPID=/) pid = substr($i, 9) }
    if (here) print pid
  }' "$bundle/systemctl-show.txt" 2> /dev/null)
  case $pid in '' | 0) continue ;; esac
  [ -r "$root/proc/$pid/environ" ] || continue
  {
    echo "# process $pid"
    tr '\000' '\n' < "$root/proc/$pid/environ" 2> /dev/null | grep -i '_proxy='
  } | mask > "$bundle/environment-of-$unit.txt"
done

note "Collected on $(date '+%Y-%m-%d %H:%M:%S %z') by proxyproof collect. Secrets are replaced by others of the same shape."
(cd "$bundle" && tar -cf - -- *) | gzip -c > "$output" || {
  echo "collect: $output cannot be written. Is the disk full?" >&2
  exit 1
}
echo "$output holds what proxyproof check reads, without secrets. Look into it, then hand it over, or run: proxyproof check $output"
