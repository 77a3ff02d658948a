#!/usr/bin/env bash
# Builds what the notebooks load and installs what the browser tests use.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet tool restore
dotnet build Workbook.sln

# The archived notebook host: the notebooks open in it where it can be had, and nothing here depends on it.
dotnet tool install --global Microsoft.dotnet-interactive --version 1.0.712001 ||
    echo "dotnet-interactive is not available here: use the page renderer instead (see README.md)."

# The image is an Ubuntu, whose own Chromium does not run in a container: the browser tests use Playwright's.
# With CHROMIUM set there is a browser already, as in .ci/run.
[ -z "${CHROMIUM:-}" ] || exit 0
browser=artifacts/bin/Anneal.Browser.Tests/release/.playwright
"$browser"/node/*/node "$browser"/package/cli.js install --with-deps chromium ||
    echo "No browser could be installed: everything but tests/Anneal.Browser.Tests works without one."
