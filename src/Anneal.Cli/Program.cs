using System.CommandLine;
using System.Text;
using Anneal.Cli;

// Elsewhere a terminal is UTF-8 already; there it has the code page of the country, which lacks ±, … and the dots of a plot.
if (OperatingSystem.IsWindows())
    Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var root = CommandTree.Create();
CommandHelp.For(root);
var parsed = root.Parse(args);
// After Ctrl-C a command says what it keeps and where. Two seconds, which it would have without this, are too few on a busy machine.
var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) };
try
{
    int exitCode = await parsed.InvokeAsync(invocation);
    return parsed.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
}
catch (UsageException e)
{
    Console.Error.WriteLine(e.Message);
    return ExitCodes.Usage;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
