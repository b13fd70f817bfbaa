# Sourced by mvnw and signet. Exports JAVA_HOME of a JDK 25 or later, or leaves
# it alone when there is none; the default `java` of the machine may be older.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && grep -Eq '^JAVA_VERSION="(2[5-9]|[3-9][0-9])' "$1/release" 2>/dev/null
}

find_jdk_25() {
  path_javac=$(command -v javac 2>/dev/null || true)
  [ -z "$path_javac" ] || path_javac=$(dirname "$(dirname "$(readlink -f "$path_javac")")")
  set +f # mvnw switches globbing off
  for home in "${SIGNET_JAVA_HOME:-}" "${JAVA_HOME:-}" "$path_javac" \
    /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk* /opt/java/* \
    "${HOME:-}"/.sdkman/candidates/java/25* "${HOME:-}"/.jdks/*25* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$home" ] && is_jdk_25 "$home"; then
      printf '%s\n' "$home"
      return 0
    fi
  done
  return 1
}

if SIGNET_FOUND_JDK=$(find_jdk_25); then
  JAVA_HOME=$SIGNET_FOUND_JDK
  export JAVA_HOME
fi
unset SIGNET_FOUND_JDK
