#!/bin/sh
# Installs a version of Azurite into a directory, where npm is on this machine. Never fails the build: tests that need
# Azurite are skipped without it.
version=$1
directory=$2
if [ -f "$directory/version-$version" ]; then
  exit 0
fi
if ! command -v npm > /dev/null; then
  echo "No npm on this machine: tests against Azure Blob Storage will be skipped."
  exit 0
fi
rm -rf "$directory"
mkdir -p "$directory"
if npm install --prefix "$directory" --ignore-scripts --no-audit --no-fund --silent "azurite@$version"; then
  touch "$directory/version-$version"
else
  rm -rf "$directory"
  echo "npm cannot install azurite@$version: tests against Azure Blob Storage will be skipped."
fi
