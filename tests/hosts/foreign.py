"""Runs notebooks of the kinds that people write for .NET Interactive in two kernels, and says cell by cell where they differ.

    foreign.py [NAME ...] [--show]

The notebooks are those of tests/hosts/foreign, as .dib files. Two cells are the same when both fail or both show the same words: HTML without its tags,
runs of white space as one, without the original's compiler warnings, its start-up script, its prefix Submission#2+ of types
from cells, and its list of packages. expected.json holds the differences that are meant, each with its reason; anything else, and any of these that is no
longer there, is a failure. --show prints both texts of every difference.
"""
import argparse
import html
import json
import pathlib
import re
import sys
import time

import nbformat
from nbclient import NotebookClient

FOLDER = pathlib.Path(__file__).resolve().parent / "foreign"


def cells(path):
    """The cells of a .dib file, each with its language line."""
    found = [[]]
    for line in path.read_text().splitlines():
        if re.match(r"#!(csharp|fsharp|markdown|html|value)\b", line):
            found.append([])
        found[-1].append(line)
    return ["\n".join(c).strip() for c in found if "".join(c).strip()]


def words(cell):
    """What a reader sees: each output's words."""
    seen = []
    for output in cell.outputs:
        if output.output_type == "stream":
            seen.append("\n".join(line for line in output.text.splitlines() if output.name == "stdout" or "warning" not in line))
        elif output.output_type in ("display_data", "execute_result"):
            data = output.data
            text = data.get("text/html") or data.get("text/plain") or data.get("text/markdown") or ""
            if "text/html" in data:
                text = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>|<strong>Installed Packages</strong>.*", " ", text, flags=re.S)
                text = html.unescape(re.sub(r"<[^>]*>", " ", text))
            seen.append(text)
    text = re.sub(r"Submission#\d+\+", "", " ".join(seen))
    text = text.replace("The below script needs to be able to find the current output cell; this is an easy method to get it.", "")
    text = re.sub(r"Loading extensions? (from|script).*", "", text)
    text = re.sub(r"[\d.]+ms", "1ms", text)
    return re.sub(r"\s+", " ", text).strip()


def run(path, kernel):
    code = [c for c in cells(path) if not c.startswith("#!markdown")]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in code])
    start = time.time()
    NotebookClient(notebook, timeout=300, kernel_name=kernel, allow_errors=True, resources={"metadata": {"path": str(FOLDER)}}).execute()
    return [(c.source, any(o.output_type == "error" for o in c.outputs), words(c)) for c in notebook.cells], time.time() - start


def main(arguments):
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--show", action="store_true")
    asked = parser.parse_args(arguments)
    meant = json.loads((FOLDER / "expected.json").read_text()) if (FOLDER / "expected.json").exists() else {}
    bad = same = total = 0
    for path in sorted(FOLDER.glob("*.dib")):
        if asked.names and not any(path.stem.startswith(n) for n in asked.names):
            continue
        (theirs, their_seconds), (ours, our_seconds) = run(path, ".net-csharp"), run(path, "anneal")
        excused = {int(k): v for k, v in meant.get(path.stem, {}).items()}
        differing = []
        for i, ((source, a_fails, a), (_, b_fails, b)) in enumerate(zip(theirs, ours), 1):
            if a_fails != b_fails or not a_fails and a != b:
                differing.append(i)
                if asked.show or i not in excused:
                    print(f"    cell {i}: {source[:200]!r}\n        original{' FAILS' if a_fails else ''}: {a[:400]!r}\n        ours{' FAILS' if b_fails else ''}: {b[:400]!r}")
        wrong = [i for i in differing if i not in excused] + [i for i in excused if i not in differing]
        bad, same, total = bad + len(wrong), same + len(theirs) - len(differing), total + len(theirs)
        print(f"{path.stem}: {len(theirs)} cells, {len(differing)} differ, {len(wrong)} of these unexpectedly{f' ({wrong})' if wrong else ''}; {their_seconds:.1f} s there, {our_seconds:.1f} s here", flush=True)
    print(f"{same} of {total} cells show the same; {bad} differ that should not, or no longer do")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
