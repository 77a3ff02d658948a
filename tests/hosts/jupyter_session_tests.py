"""What a session in a front end needs and jupyter_kernel_test does not try: interrupts, crashes, updates, languages, many cells at once."""
import os
import tempfile
import time
import unittest

import nbformat
from jupyter_client.manager import start_new_kernel

TIMEOUT = 60


class Session(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.km, cls.kc = start_new_kernel(kernel_name="anneal", cwd=cls.folder.name)

    @classmethod
    def tearDownClass(cls):
        cls.kc.stop_channels()
        cls.km.shutdown_kernel()
        cls.folder.cleanup()

    def outputs(self, message):
        """The messages that follow a request, up to idle."""
        found = []
        while True:
            heard = self.kc.get_iopub_msg(timeout=TIMEOUT)
            if heard["parent_header"].get("msg_id") != message:
                continue
            if heard["msg_type"] == "status" and heard["content"]["execution_state"] == "idle":
                return found
            if heard["msg_type"] not in ("status", "execute_input"):
                found.append(heard)

    def reply(self, message):
        while True:
            heard = self.kc.get_shell_msg(timeout=TIMEOUT)
            if heard["parent_header"].get("msg_id") == message:
                return heard

    def run_cell(self, code):
        message = self.kc.execute(code)
        return self.reply(message)["content"], self.outputs(message)

    def text(self, code):
        reply, outputs = self.run_cell(code)
        self.assertEqual(reply["status"], "ok", reply)
        return "".join(o["content"].get("text") or o["content"]["data"]["text/plain"] for o in outputs)

    def ask_with(self, metadata, code):
        message = self.kc.session.msg("execute_request", dict(code=code, silent=False, store_history=True, user_expressions={}, allow_stdin=False, stop_on_error=True), metadata=metadata)
        self.kc.shell_channel.send(message)
        return self.outputs(message["header"]["msg_id"])

    def interrupted(self, endless):
        message = self.kc.execute(endless)
        while self.kc.get_iopub_msg(timeout=TIMEOUT)["msg_type"] != "stream":
            pass
        start = time.time()
        self.km.interrupt_kernel()
        reply = self.reply(message)["content"]
        self.assertEqual((reply["status"], reply["ename"]), ("error", "interrupted"))
        self.assertIn("still there", reply["evalue"])
        self.assertLess(time.time() - start, 5)
        self.outputs(message)

    def test_an_endless_loop_is_interrupted_and_values_stay(self):
        self.text("var kept = 41;")
        self.interrupted('Console.WriteLine("on"); while (true) { }')
        self.interrupted('Console.WriteLine("on"); Thread.Sleep(-1);'.replace("Thread", "System.Threading.Thread"))
        self.assertEqual(self.text("kept + 1"), "42")

    def test_an_endless_loop_in_fsharp_is_interrupted_and_values_stay(self):
        self.text("#!fsharp\nlet kept = 41")
        self.interrupted('#!fsharp\nprintfn "on"\nlet mutable n = 0\nwhile true do n <- n + 1')
        self.assertEqual(self.text("#!fsharp\nkept + 1"), "42")

    def test_a_cell_that_ends_the_process_is_named_and_the_next_runs(self):
        for code, name in (
            ("System.Environment.Exit(3);", "process ended"),
            ("int Down(int n) => 1 + Down(n + 1);\nDown(0)", "stack overflow"),
        ):
            reply, outputs = self.run_cell(code)
            self.assertEqual((reply["status"], reply["ename"]), ("error", name))
            self.assertIn("from its first cell", reply["evalue"])
            self.assertEqual([o["msg_type"] for o in outputs][-1], "error")
            self.assertEqual(self.text("1 + 1"), "2")

    def test_a_display_is_updated_in_its_place(self):
        _, outputs = self.run_cell('var shown = display("before"); shown.Update("after");')
        self.assertEqual([o["msg_type"] for o in outputs], ["display_data", "update_display_data"])
        first, second = (o["content"]["transient"]["display_id"] for o in outputs)
        self.assertEqual(first, second)
        self.assertEqual(outputs[1]["content"]["data"]["text/plain"], "after")

    def test_what_other_programs_write_is_seen(self):
        text = self.text('var echo = System.Diagnostics.Process.Start("echo", "from outside"); echo.WaitForExit();')
        self.assertIn("from outside", text)

    def test_cells_after_a_failed_one_are_not_run(self):
        sent = [self.kc.execute(code) for code in ('System.Threading.Thread.Sleep(1000); throw new Exception("no");', "1", "2")]
        self.assertEqual([self.reply(message)["content"]["status"] for message in sent], ["error", "aborted", "aborted"])
        self.outputs(sent[-1])
        self.assertEqual(self.text("3"), "3")

    def test_the_metadata_of_a_cell_choose_its_language(self):
        for metadata in (
            {"polyglot_notebook": {"kernelName": "fsharp"}},
            {"dotnet_interactive": {"language": "fsharp"}},
            {"vscode": {"languageId": "polyglot-notebook"}, "polyglot_notebook": {"kernelName": "fsharp"}},
        ):
            outputs = self.ask_with(metadata, "[ 1; 2 ] |> List.sum")
            self.assertEqual([o["content"]["data"]["text/plain"] for o in outputs], ["3"])

    def test_a_saved_notebook_says_the_language_of_its_cells(self):
        notebook = nbformat.v4.new_notebook(cells=[
            nbformat.v4.new_code_cell("[ 1; 3 ] |> List.sum", metadata={"polyglot_notebook": {"kernelName": "fsharp"}}),
        ])
        nbformat.write(notebook, os.path.join(self.folder.name, "saved.ipynb"))
        self.assertEqual(self.text("[ 1; 3 ] |> List.sum"), "4")

    def test_errors_say_line_and_source(self):
        reply, _ = self.run_cell("var x = 1;\nint y = \"text\";")
        self.assertEqual(reply["ename"], "compile error")
        self.assertEqual(reply["traceback"][0], 'line 2:\n    int y = "text";')

    def test_inspection_shows_signature_and_documentation(self):
        for code, signature, words in (
            ("Math.Sqrt", "double Math.Sqrt(double d)", "square root"),
            ("Math.Max(1, ", "Math.Max(", "larger"),
            ("#!fsharp\nList.map", "val map:", "new collection"),
        ):
            message = self.kc.inspect(code)
            content = self.reply(message)["content"]
            self.assertTrue(content["found"], code)
            self.assertIn(signature, content["data"]["text/plain"])
            self.assertIn(words, content["data"]["text/plain"])

    def test_restarting_forgets_everything(self):
        self.text("var gone = 1;")
        self.km.restart_kernel(now=False)
        self.kc.wait_for_ready(timeout=TIMEOUT)
        reply, _ = self.run_cell("gone")
        self.assertEqual(reply["ename"], "compile error")


if __name__ == "__main__":
    unittest.main(verbosity=2)
