#!/bin/sh
# Compiles the stand-in for a runtime that the samples of native bindings call, once. usage: native.sh JAVA_HOME FOLDER WANTED
# Without a C compiler the tests that need it are left out, and are named here; where WANTED is "required" that is an error.
set -eu

jdk=$1 folder=$2 wanted=$3
sources=$(dirname "$0")/../native
library=$folder/libstandin.so
compiler=${CC:-cc}

left_out() {
    echo "LEFT OUT: JniMeshTests and FfmMeshTests, which call a native library, since $1." >&2
    echo "Install a C compiler (on Debian and Ubuntu the packages gcc and libc6-dev), or name one in the variable CC" >&2
    rm -f "$library"
    [ "$wanted" = required ] && exit 1
    exit 0
}

command -v "$compiler" >/dev/null 2>&1 || left_out "there is no C compiler '$compiler'"
[ -f "$jdk/include/jni.h" ] || left_out "the JDK $jdk has no include/jni.h"

for source in "$sources"/* "$0"; do
    if [ ! -f "$library" ] || [ "$source" -nt "$library" ]; then
        mkdir -p "$folder"
        "$compiler" -std=c11 -O1 -Wall -Wextra -Wno-unused-parameter -fPIC -shared \
            -I "$jdk/include" -I "$jdk/include/linux" -o "$library.new" "$sources"/*.c
        mv "$library.new" "$library"
        exit 0
    fi
done
