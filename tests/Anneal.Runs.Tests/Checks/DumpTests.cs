namespace Anneal.Runs.Tests;
public class DumpTests
{
    [Fact]
    public void Dump()
    {
        using var w = new StreamWriter("/tmp/runs-dump.txt");
        foreach (var r in RecordedRun.All)
        {
            try
            {
                var run = RunConfigurations.Read(r.Text, r.Framework, r.Beside);
                w.WriteLine($"{r.Id} updates {run.Plan.Updates} warm-up {run.Plan.Warmup} [{run.Plan.Origin}]");
                foreach (var f in RunLint.Check(run))
                    w.WriteLine("    " + f);
            }
            catch (Exception e) { w.WriteLine($"{r.Id} {e.GetType().Name} {e.Message}"); }
        }
    }
}
