# Sourced by the commands in bin/: finds a Java that runs Sluice.
# shellcheck shell=bash

readonly NEEDED=25

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

# The feature release of a java program; 0 where it does not run.
release_of() {
    local text
    text="$("$1" -version 2>&1 | sed -n 's/^.* version "\([0-9][0-9]*\).*/\1/p' | head -n 1)" || true
    echo "${text:-0}"
}

candidates() {
    [[ -z ${JAVA_HOME:-} ]] || echo "$JAVA_HOME/bin/java"
    command -v java || true
    printf '%s\n' /usr/lib/jvm/*/bin/java "$HOME"/.sdkman/candidates/java/*/bin/java
    if [[ -x /usr/libexec/java_home ]]; then
        echo "$(/usr/libexec/java_home -v "$NEEDED" 2>/dev/null || true)/bin/java"
    fi
}

find_java() {
    local java
    while read -r java; do
        if [[ -x $java && $(release_of "$java") -ge $NEEDED ]]; then
            echo "$java"
            return
        fi
    done < <(candidates)
    fail "Java $NEEDED is needed and was not found in JAVA_HOME, on the PATH, in /usr/lib/jvm or in ~/.sdkman." \
        "Install a JDK $NEEDED (for instance https://adoptium.net) or set JAVA_HOME to one."
}
