#!/usr/bin/env bash
# run.bash SECONDS [TARGET...] - fuzz each target for so long, with clang and the sanitizers; what is new
# stays in build/fuzz/corpus, a finding in build/fuzz/crash-*.
set -eu
seconds=$1
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
cmake -S "$root" -B "$root/build/fuzz" -G Ninja -DCMAKE_C_COMPILER=clang -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    -DOFFERSTAT_FUZZ=ON -DOFFERSTAT_HARDEN=OFF \
    -DCMAKE_C_FLAGS='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' > /dev/null
[ $# -gt 0 ] || set -- split parse decode html escape scenario config
cd "$root/build/fuzz"
for target; do
    cmake --build . --target "fuzz_$target" > /dev/null
    mkdir -p "corpus/$target"
    echo "== $target"
    "tests/fuzz/fuzz_$target" -max_total_time="$seconds" -max_len=65536 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 \
        "corpus/$target" "$root/tests/fuzz/corpus/$target" > "$target.log" 2>&1 || { tail -30 "$target.log"; exit 1; }
    grep -E 'stat::(number_of_executed_units|peak_rss_mb)|DONE' "$target.log"
    echo "corpus: $(ls "corpus/$target" | wc -l)"
done
