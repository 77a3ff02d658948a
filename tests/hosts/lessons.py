"""Runs lessons in a Jupyter kernel and says what failed, what was written to standard error, and how long each took.

    lessons.py KERNEL [--quick] [--prefix-languages] [--jobs N] [--write FILE | --compare FILE [--table FILE]] [NOTEBOOK ...]

The lessons are those of notebooks/, or with --quick the two shortest and the shortest that has F#. With --prefix-languages each cell gets its own
line #!csharp or #!fsharp first: the original kernel knows the language of a cell by nothing else when no editor routes it. --write keeps what came
of each; --compare holds the checks that passed in another kernel against it: the same claims in the same order, and the same numbers. --table writes
both beside each other. --jobs runs as many at a time, the longest first.
"""
import argparse
import concurrent.futures
import json
import math
import multiprocessing
import pathlib
import re
import sys
import time

import nbformat
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient

ROOT = pathlib.Path(__file__).resolve().parents[2]


def language(cell):
    metadata = cell.metadata
    return metadata.get("polyglot_notebook", {}).get("kernelName") or metadata.get("dotnet_interactive", {}).get("language")


def size(lesson):
    return sum(len(c.source) for c in nbformat.read(lesson, 4).cells if c.cell_type == "code")


def quick(lessons):
    """The two with the least code, and of the others the one with the least code that has F#."""
    ordered = sorted(lessons, key=size)
    fsharp = [lesson for lesson in ordered[2:] if any(language(c) == "fsharp" for c in nbformat.read(lesson, 4).cells)]
    return sorted({*ordered[:2], *fsharp[:1]})


def texts(cell, kind):
    return "".join(o.text for o in cell.get("outputs", []) if o.output_type == "stream" and o.name == kind)


class KernelManager(AsyncKernelManager):
    """Kernels whose web server listens in a range of ports of this process's own: the original kernel looks for a free port and then takes it,
    and of two that start at once one finds it taken and ends."""
    ports = None

    def format_kernel_cmd(self, extra_arguments=None):
        command = super().format_kernel_cmd(extra_arguments)
        if self.ports and "--http-port-range" in command:
            command[command.index("--http-port-range") + 1] = self.ports
        return command

    @classmethod
    def take_ports(cls, turn):
        with turn.get_lock():
            cls.ports = f"{2048 + 1000 * turn.value}-{3047 + 1000 * turn.value}"
            turn.value += 1


def run(lesson, kernel, prefixed):
    """Failing cells, text on standard error, checks that passed, seconds."""
    notebook = nbformat.read(lesson, 4)
    if prefixed:
        for cell in notebook.cells:
            if cell.cell_type == "code" and language(cell):
                cell.source = f"#!{language(cell)}\n{cell.source}"
    start = time.time()
    NotebookClient(notebook, timeout=600, kernel_name=kernel, kernel_manager_class=KernelManager, allow_errors=True,
                   resources={"metadata": {"path": str(lesson.parent)}}).execute()
    seconds = time.time() - start
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    failed = [(i, o) for i, cell in enumerate(notebook.cells) for o in cell.get("outputs", []) if o.output_type == "error"]
    checks = [line for cell in code for line in texts(cell, "stdout").splitlines() if line.startswith("✓ ")]
    return failed, "".join(texts(cell, "stderr") for cell in code), checks, seconds


NUMBER = re.compile(r"[-−]?\d[\d,]*\.?\d*(?:[eE][-+]?\d+)?")
# A check that bounds a number promises no more: it may be a time, or what rounding leaves.
BOUNDED = re.compile(NUMBER.pattern + r"(?= \((?:at most|at least) )")


def differences(found, expected):
    """Checks that are not the same: another claim, or a number that differs by more than rounding."""
    if len(found) != len(expected):
        yield f"{len(found)} checks passed, {len(expected)} in the other kernel"
    for a, b in zip((BOUNDED.sub("…", line) for line in found), (BOUNDED.sub("…", line) for line in expected)):
        numbers = [[float(n.replace(",", "").replace("−", "-")) for n in NUMBER.findall(line)] for line in (a, b)]
        same = NUMBER.sub("#", a) == NUMBER.sub("#", b) and all(math.isclose(x, y, rel_tol=1e-9, abs_tol=1e-12) for x, y in zip(*numbers))
        if not same:
            yield f"{a}\n        {b}"


def seconds_by(lessons, expected):
    """How long a lesson takes: as in the other kernel, or by its length."""
    return (lambda lesson: expected[lesson.stem]["seconds"]) if all(lesson.stem in expected for lesson in lessons) else size


def table(ours, original):
    """Both kernels beside each other, in Markdown."""
    head = "| lesson | cells that fail | characters on stderr | checks | s | cells that fail there | characters on stderr there | checks that differ | s there |\n| --- |" + " ---: |" * 8
    row = "| {} | {failed} | {stderr} | {} | {seconds:.1f} | {} | {} | {} | {:.1f} |".format
    return "\n".join([head, *(row(name, len(a["checks"]), b["failed"], b["stderr"], b["differ"], b["seconds"], **{k: a[k] for k in ("failed", "stderr", "seconds")})
                              for name, a in sorted(ours.items()) for b in [original[name]])]) + "\n"


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("kernel")
    parser.add_argument("notebooks", nargs="*", type=lambda name: pathlib.Path(name).resolve())
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--prefix-languages", action="store_true")
    parser.add_argument("--allow-warnings", action="store_true", help="compilers' warnings on standard error are shown and do not count as failures")
    parser.add_argument("--write", type=pathlib.Path)
    parser.add_argument("--compare", type=pathlib.Path)
    parser.add_argument("--table", type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=1)
    asked = parser.parse_intermixed_args(arguments)
    lessons = asked.notebooks or sorted((ROOT / "notebooks").glob("*.ipynb"))
    if asked.quick:
        lessons = quick(lessons)
    expected = json.loads(asked.compare.read_text()) if asked.compare else {}
    kept, good, bad = {}, 0, 0
    pool = concurrent.futures.ProcessPoolExecutor(asked.jobs, initializer=KernelManager.take_ports, initargs=(multiprocessing.Value("i"),))
    with pool:
        running = {pool.submit(run, lesson, asked.kernel, asked.prefix_languages): lesson for lesson in sorted(lessons, key=seconds_by(lessons, expected), reverse=True)}
        for done in concurrent.futures.as_completed(running):
            lesson = running[done]
            failed, stderr, checks, seconds = done.result()
            different = list(differences(checks, expected[lesson.stem]["checks"])) if lesson.stem in expected else []
            kept[lesson.stem] = {"checks": checks, "failed": len(failed), "stderr": len(stderr), "seconds": seconds, "differ": len(different)}
            print(f"{asked.kernel} {lesson.stem}: {len(failed)} failing cells, {len(stderr)} characters on stderr, {len(checks)} checks passed, {seconds:.1f} s", flush=True)
            for index, output in failed[:3]:
                print(f"    cell {index + 1}: {output.ename}: {output.evalue}")
            if stderr:
                print("    stderr: " + stderr.strip().replace("\n", "\n            ")[:2000])
            for difference in different[:5]:
                print(f"    differs: {difference}")
            only_warnings = asked.allow_warnings and "warning" in stderr and "error" not in stderr.lower()
            wrong = failed or (stderr and not only_warnings) or different or not checks
            good, bad = (good, bad + 1) if wrong else (good + 1, bad)
    if asked.write:
        asked.write.write_text(json.dumps(kept))
    if asked.table:
        asked.table.write_text(table(expected, kept))
    print(f"{good} passed, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
