#!/usr/bin/env bash
# A sweep as a Slurm array: one task per shard, each in a folder of its own, then the merge.
#
#   sbatch --array=1-8 slurm.sh sweep.json results 8
#   anneal sweep merge results/shard-* --out results          (when all tasks are done)
#   anneal sweep sweep.json --out results                     (only if merge asks for it: further rates, which no shard could know of)
#
# To set: the number of shards, twice in the sbatch line; below, cores and time for one task. OUT must lie on a file system all nodes share.
# `anneal` is the program that the publish line in .github/NOTEBOOKS.md makes. Link artifacts/anneal/Anneal.Cli to that name in a folder of the nodes'
# PATH, or say how to call it: sbatch --export=ALL,ANNEAL="dotnet $HOME/Anneal/artifacts/anneal/Anneal.Cli.dll" …
# A task that is killed or runs out of time is submitted again as it was (--array=3 … 8): it goes on where it stopped.
#SBATCH --job-name=sweep
#SBATCH --cpus-per-task=2
#SBATCH --time=04:00:00
#SBATCH --requeue
set -euo pipefail
usage="usage: sbatch --array=1-N slurm.sh SPEC.json OUT N"
spec=${1:?$usage} out=${2:?$usage} shards=${3:?$usage}
task=${SLURM_ARRAY_TASK_ID:?"submit it as an array: $usage"}
# ANNEAL may be a command with arguments, so it is not quoted.
exec ${ANNEAL:-anneal} sweep "$spec" --out "$out/shard-$task" --shard "$task/$shards" --jobs "${SLURM_CPUS_PER_TASK:-1}"
