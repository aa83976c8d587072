# Finds a JDK 25. Sourced by the scripts of this project, which are all started from elsewhere;
# POSIX sh. `find_java` sets sungu_java_home, or prints what to do and returns 1.

is_java_25() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] &&
        grep -q '^JAVA_VERSION="25[".]' "$1/release"
}

find_java() {
    on_path=$(command -v java 2>/dev/null || true)
    if [ -n "$on_path" ]; then
        on_path=$(readlink -f "$on_path" 2>/dev/null || printf '%s' "$on_path")
        on_path=${on_path%/bin/java}
    fi
    for sungu_java_home in \
        "${SUNGU_JAVA_HOME:-}" "${JAVA_HOME:-}" "${JAVA25_HOME:-}" "$on_path" \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/jdk* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.m2/jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home
    do
        if [ -n "$sungu_java_home" ] && is_java_25 "$sungu_java_home"; then
            return 0
        fi
    done
    sungu_java_home=
    cat >&2 <<'END'
Sungu needs a JDK 25, and none was found.
  Looked at: SUNGU_JAVA_HOME, JAVA_HOME, JAVA25_HOME, the java on the PATH, and the usual folders.
  Install one (for example Temurin 25, or your system's openjdk-25-jdk package), or, if there is
  one in an unusual place, set SUNGU_JAVA_HOME to its folder.
END
    return 1
}

# Runs Maven quietly from the project's folder; its toolchain plugin finds the JDK by JAVA25_HOME.
# Maven itself runs on what JAVA_HOME or the PATH gives it, or else on the same JDK.
maven() {
    if ! command -v mvn >/dev/null 2>&1; then
        echo "Sungu is built by Maven (3.8 or later), and there is no mvn on the PATH." >&2
        return 1
    fi
    JAVA25_HOME=$sungu_java_home
    export JAVA25_HOME
    if [ -z "${JAVA_HOME:-}" ] && ! command -v java >/dev/null 2>&1; then
        JAVA_HOME=$sungu_java_home
        export JAVA_HOME
    fi
    # Even quiet, Maven prints colour codes: what it says is shown only if it fails.
    maven_log=$(mktemp)
    if mvn -B -q "$@" >"$maven_log" 2>&1; then
        rm -f "$maven_log"
    else
        cat "$maven_log" >&2
        rm -f "$maven_log"
        return 1
    fi
}

# True when a source of the named modules is newer than the given file, or that is not there.
is_stale() {
    stamp=$1
    shift
    [ -e "$stamp" ] || return 0
    for module in "$@"; do
        [ -z "$(find "$module/pom.xml" "$module/src/main" -type f -newer "$stamp" 2>/dev/null | head -n 1)" ] ||
            return 0
    done
    [ -n "$(find pom.xml -newer "$stamp")" ]
}

# build_when_stale MODULE SOURCE_MODULE...: packs a module and those it needs. `here` is the root.
build_when_stale() {
    target=$1
    shift
    [ -z "${SUNGU_NO_BUILD:-}" ] || return 0
    (cd "$here" && is_stale "$target/target/built" "$@") || return 0
    rm -f "$here/$target/target"/*.aot
    echo "sungu: building (only when sources changed)..." >&2
    (cd "$here" && maven -Pquick -pl "$target" -am package) || {
        echo "sungu: the build failed; see above." >&2
        return 1
    }
}

# learn CACHE ARG...: has the JVM keep in CACHE what it learns in one run - classes, and which methods
# are busy - so that later starts are ready sooner. Without it everything runs all the same.
learn() {
    cache=$1
    shift
    # What was learned of other classes than those that were built last must not be used.
    [ -z "$(find "$(dirname "$cache")/built" -newer "$cache" 2>/dev/null)" ] || rm -f "$cache"
    [ ! -e "$cache" ] && [ -z "${SUNGU_NO_BUILD:-}" ] || return 0
    "$sungu_java_home/bin/java" -XX:AOTCacheOutput="$cache" "$@" >/dev/null 2>&1 || rm -f "$cache"
}

# HotSpot asks for twenty times as many calls before it compiles a method while a hundred others wait
# to be compiled, as they do when a program starts. The first option takes that back. The second leaves
# out a step of its compiler that takes time and gains nothing here. Short runs are fast sooner.
sooner="-XX:Tier3LoadFeedback=1000 -XX:-PartialPeelLoop"

# run_module MODULE MAIN_CLASS ARG...: a main class on the class path of its module. Where `teach` is
# set, to arguments of a short run, the JVM learns from that run once after each build.
run_module() {
    module=$1
    main=$2
    shift 2
    find_java || exit 1
    build_when_stale "$module" engine structures keras cli "$module" || exit 1
    path=$(printf '%s:' "$here/$module/target/modules"/*.jar)
    cache=$here/$module/target/$module.aot
    # shellcheck disable=SC2086
    [ -z "${teach:-}" ] || learn "$cache" -cp "$path" "$main" $teach
    # shellcheck disable=SC2086
    exec "$sungu_java_home/bin/java" -XX:AOTCache="$cache" -Xlog:aot=off -Xlog:cds=off \
        $sooner ${SUNGU_JAVA_FLAGS:-} -cp "$path" "$main" "$@"
}
