"""Loads Anneal.Interactive in the original kernel and looks at what it shows: in C# from its package in a folder, in F# by boot.dib.

    extension.py FEED
"""
import pathlib
import sys
import tempfile
import time

import nbformat
from nbclient import NotebookClient

ROOT = pathlib.Path(__file__).resolve().parents[2]
CURVE = 'role="img" aria-label="'
DIRECTIVES = [
    ('#!schedule "warmup(3e-4, 500) > cosine(3e-4, 9500)"', [CURVE, "500 … 10000: falling from 0.0003 to 0, CosineDecay", "<summary>Data</summary>"]),
    ('#!explain adamW', ["beta2"]),
    ('#!race "sgd@0.002, adamW@0.05" --problem Beale --steps 200', [CURVE, "<td>AdamW at 0.05</td>"]),
]


def csharp(feed):
    version = next(feed.glob("Anneal.Interactive.*.nupkg")).stem.removeprefix("Anneal.Interactive.")
    return [
        (f'#i "nuget:{feed}"\n#r "nuget: Anneal.Interactive, {version}"', []),
        ("using Anneal;\nnew Warmup(Peak: 0.1, Steps: 20).Then(new CosineDecay(Peak: 0.1, Steps: 80))", [CURVE, "warm-up from step 0 to 20", "<summary>Data</summary>"]),
        ("display(new AdamW());", [CURVE, "0.999"]),
        ("double[] w = [1];\nnew Training(new Sgd(), new Constant(0.1), (w, g) => { g[0] = 2 * w[0]; return w[0] * w[0]; }).Run(w, 10)", [CURVE, "10 steps, from 0 to 9"]),
        ("Anneal.Charts.ScheduleChart.curves(100, new Schedule[] { new CosineDecay(0.1, 100) })", [CURVE]),
        *DIRECTIVES,
    ]


def fsharp():
    return [
        ('#!import "boot.dib"', []),
        ("#!fsharp\nWarmup(Peak = 0.1, Steps = 20.0).Then(CosineDecay(Peak = 0.1, Steps = 80.0))", [CURVE, "warm-up from step 0 to 20"]),
        ("#!fsharp\ndisplay (AdamW())", [CURVE, "0.999"]),
        ("#!fsharp\nTraining(Sgd(), Constant 0.1, fun w g -> g[0] <- 2.0 * w[0]; w[0] * w[0]).Run([| 1.0 |], 10L)", [CURVE, "10 steps, from 0 to 9"]),
        ("#!fsharp\nScheduleChart.curves 100.0 [ CosineDecay(0.1, 100.0) ]", [CURVE]),
        *((f"#!fsharp\n{code}", shown) for code, shown in DIRECTIVES),
    ]


def run(name, folder, cells):
    """Runs the cells; prints what is missing, and says whether something is."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code, _ in cells])
    start = time.time()
    NotebookClient(notebook, timeout=300, kernel_name=".net-csharp", allow_errors=True, resources={"metadata": {"path": str(folder)}}).execute()
    faults = []
    for cell, (code, expected) in zip(notebook.cells, cells):
        text = "\n".join(str(o.get("data", {}).get("text/html", "")) for o in cell.outputs)
        faults += [f"{code}\n        shows no {part}" for part in expected if part not in text]
        faults += [f"{code}\n        {o.get('evalue') or o.get('text')}" for o in cell.outputs if o.output_type == "error" or o.get("name") == "stderr"]
    print(f"Anneal.Interactive in {name}: {len(cells)} cells, {len(faults)} faults, {time.time() - start:.1f} s", *faults, sep="\n    ", flush=True)
    return bool(faults)


def main(feed):
    with tempfile.TemporaryDirectory() as folder:
        bad = run("C#, from its package", folder, csharp(pathlib.Path(feed).resolve()))
    return run("F#, by boot.dib", ROOT / "notebooks", fsharp()) or bad


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
