#!/usr/bin/env bash
# Builds what the notebooks load and installs what the browser tests use.
set -euo pipefail
cd "$(dirname "$0")/.."

sudo apt-get update
sudo apt-get install -y chromium

# The archived notebook host: the notebooks open in it where it can be had, and nothing here depends on it.
dotnet tool install --global Microsoft.dotnet-interactive ||
    echo "dotnet-interactive is not available here: use the page renderer instead (see README.md)."

dotnet tool restore
dotnet build Workbook.sln
