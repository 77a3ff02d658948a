"""Holds the kernel to Jupyter's own tests of kernels (jupyter_kernel_test), in each of its languages.

Run by tests/hosts/run, which installs the kernel first.
"""
import unittest

import jupyter_kernel_test


class KernelTests(jupyter_kernel_test.KernelTests):
    """Without what this kernel does not offer: pages of help beside the notebook, and clearing a cell's output."""

    test_pager = test_clear_output = None


class CSharp(KernelTests):
    kernel_name = "anneal"
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("careful");'
    completion_samples = [
        {"text": "Math.Sqr", "matches": {"Sqrt"}},
        {"text": "Environment.NewL", "matches": {"NewLine"}},
        {"text": "#!shar", "matches": {"#!share"}},
    ]
    complete_code_samples = ["1 + 1", "int Twice(int x) { return 2 * x; }", "if (true) { }\n", "using System.IO;"]
    incomplete_code_samples = ["int Twice(int x) {", "Math.Max(1,", "if (true)"]
    invalid_code_samples = ["int x = ) 1;", "#!nosuch"]
    code_generate_error = 'throw new InvalidOperationException("broken");'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"a" + "b"', "result": "ab"},
        {"code": "Math.Max(6, 7)", "result": "7"},
    ]
    code_display_data = [
        {"code": 'display(HTML("<b>bold</b>"));', "mime": "text/html"},
        {"code": '"# Title".DisplayAs("text/markdown");', "mime": "text/markdown"},
    ]
    code_history_pattern = "6 ?*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "Math.Sqrt"


class FSharp(KernelTests):
    kernel_name = "anneal-fsharp"
    language_name = "F#"
    file_extension = ".fs"
    code_hello_world = 'printfn "hello, world"'
    code_stderr = 'eprintfn "careful"'
    completion_samples = [
        {"text": "Math.Sqr", "matches": {"Sqrt"}},
        {"text": "List.sumB", "matches": {"sumBy"}},
    ]
    complete_code_samples = ["1 + 1", "let twice x = 2 * x", "[ 1; 2 ] |> List.sum"]
    incomplete_code_samples = ["let twice x =", "List.map (fun x ->", "[ 1; 2"]
    invalid_code_samples = ["let x = ) 1", "1 + ] 2"]
    code_generate_error = 'failwith "broken"'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"a" + "b"', "result": "ab"},
        {"code": "max 6 7", "result": "7"},
    ]
    code_display_data = [
        {"code": 'display (HTML "<b>bold</b>") |> ignore', "mime": "text/html"},
        {"code": '"# Title".DisplayAs("text/markdown") |> ignore', "mime": "text/markdown"},
    ]
    code_history_pattern = "6 ?*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "List.map"


class FSharpByFirstLine(KernelTests):
    """The same kernel as for C#: the first line of a cell says that it is F#."""

    kernel_name = "anneal"
    code_hello_world = '#!fsharp\nprintfn "hello, world"'
    code_stderr = '#!fsharp\neprintfn "careful"'
    completion_samples = [{"text": "#!fsharp\nList.sumB", "matches": {"sumBy"}}]
    complete_code_samples = ["#!fsharp\nlet twice x = 2 * x"]
    incomplete_code_samples = ["#!fsharp\nlet twice x ="]
    invalid_code_samples = ["#!fsharp\nlet x = ) 1"]
    code_generate_error = '#!fsharp\nfailwith "broken"'
    code_execute_result = [{"code": "#!fsharp\n7 - 1", "result": "6"}, {"code": "#!csharp\n6 + 1", "result": "7"}, {"code": "#!fsharp\nmax 6 7", "result": "7"}]
    code_history_pattern = "*max*"
    supported_history_operations = ("tail", "range", "search")
    code_display_data = [{"code": '#!fsharp\ndisplay (HTML "<b>bold</b>") |> ignore', "mime": "text/html"}]
    code_inspect_sample = "#!fsharp\nList.map"


def load_tests(loader, tests, pattern):
    """Not the base class, which has no kernel."""
    return unittest.TestSuite(loader.loadTestsFromTestCase(case) for case in (CSharp, FSharp, FSharpByFirstLine))


if __name__ == "__main__":
    unittest.main(verbosity=2)
