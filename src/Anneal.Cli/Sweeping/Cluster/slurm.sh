#!/usr/bin/env bash
# A sweep as a Slurm array: one task per shard, then the merge.
#   sbatch --array=1-8 slurm.sh sweep.json results 8
#   anneal sweep merge results/shard-* --out results          (when all tasks are done)
# A task that is killed or times out is submitted again as it was (--array=3 … 8): it goes on where it stopped.
#SBATCH --cpus-per-task=4
#SBATCH --time=04:00:00
#SBATCH --requeue
set -euo pipefail
usage="sbatch --array=1-N slurm.sh SPEC.json OUT N"
spec=${1:?$usage} out=${2:?$usage} shards=${3:?$usage}
exec anneal sweep "$spec" --out "$out/shard-$SLURM_ARRAY_TASK_ID" \
    --shard "$SLURM_ARRAY_TASK_ID/$shards" --jobs "$SLURM_CPUS_PER_TASK"
