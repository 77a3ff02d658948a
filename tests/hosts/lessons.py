"""Runs lessons in a Jupyter kernel and says what failed, what was written to standard error, and how long each took.

    lessons.py KERNEL [--quick] [--prefix-languages] [NOTEBOOK ...]

The lessons are those of notebooks/, or with --quick the two shortest and the shortest that has F#. With --prefix-languages each cell gets its own
line #!csharp or #!fsharp first: the original kernel knows the language of a cell by nothing else when no editor routes it.
"""
import pathlib
import sys
import time

import nbformat
from nbclient import NotebookClient

ROOT = pathlib.Path(__file__).resolve().parents[2]


def language(cell):
    metadata = cell.metadata
    return metadata.get("polyglot_notebook", {}).get("kernelName") or metadata.get("dotnet_interactive", {}).get("language")


def quick(lessons):
    """The two with the least code, and the one with the least code among those with F#."""
    sizes = {lesson: sum(len(c.source) for c in nbformat.read(lesson, 4).cells if c.cell_type == "code") for lesson in lessons}
    ordered = sorted(lessons, key=sizes.get)
    fsharp = [lesson for lesson in ordered if any(language(c) == "fsharp" for c in nbformat.read(lesson, 4).cells)]
    return sorted({*ordered[:2], *fsharp[:1]})


def texts(cell, kind):
    return "".join(o.text for o in cell.get("outputs", []) if o.output_type == "stream" and o.name == kind)


def run(lesson, kernel, prefixed):
    """Failing cells, text on standard error, checks that passed, seconds."""
    notebook = nbformat.read(lesson, 4)
    if prefixed:
        for cell in notebook.cells:
            if cell.cell_type == "code" and language(cell):
                cell.source = f"#!{language(cell)}\n{cell.source}"
    start = time.time()
    client = NotebookClient(notebook, timeout=600, kernel_name=kernel, allow_errors=True, resources={"metadata": {"path": str(lesson.parent)}})
    client.execute()
    seconds = time.time() - start
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    failed = [(i, o) for i, cell in enumerate(notebook.cells) for o in cell.get("outputs", []) if o.output_type == "error"]
    checks = [line for cell in code for line in texts(cell, "stdout").splitlines() if line.startswith("✓ ")]
    return failed, "".join(texts(cell, "stderr") for cell in code), checks, seconds


def main(arguments):
    kernel, *rest = arguments
    named = [pathlib.Path(a).resolve() for a in rest if not a.startswith("--")]
    lessons = named or sorted((ROOT / "notebooks").glob("*.ipynb"))
    if "--quick" in rest:
        lessons = quick(lessons)
    good = bad = 0
    for lesson in lessons:
        failed, stderr, checks, seconds = run(lesson, kernel, "--prefix-languages" in rest)
        print(f"{kernel} {lesson.stem}: {len(failed)} failing cells, {len(stderr)} characters on stderr, {len(checks)} checks passed, {seconds:.1f} s", flush=True)
        for index, output in failed[:3]:
            print(f"    cell {index + 1}: {output.ename}: {output.evalue}")
        if stderr:
            print("    stderr: " + stderr.strip().replace("\n", "\n            ")[:2000])
        good, bad = (good, bad + 1) if failed or stderr or not checks else (good + 1, bad)
    print(f"{good} passed, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
