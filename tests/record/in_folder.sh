#!/bin/sh
# in_folder.sh PROGRAM - run it with the name of a new folder, which is removed afterwards.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" "$folder"
