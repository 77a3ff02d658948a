// Ways to measure.
//   dotnet run -c Release --project tests/Anneal.Benchmarks -- --filter '*Evaluation*'
// runs BenchmarkDotNet on the classes whose names fit (RuleSteps takes about ten minutes, MuonStep one);
//   dotnet run -c Release --project tests/Anneal.Benchmarks -- ratios [weights] [threads] [rules] [seconds]
// prints in a minute what each rule takes beside a loop that only reads and writes the same arrays, in turns and as minima of many,
// so that it can also be read on a busy machine: `ratios 25000000 1 AdamW,Momentum,Lion 10`; without arguments: 100000 weights,
// one thread, every rule, one second each.
//   dotnet run -c Release --project tests/Anneal.Benchmarks -- matrix [seconds] [rule]
// prints in two minutes what a step of each rule for matrices takes, and the share of the multiply-add peak measured in the same run (of some rules: `matrix 10 Muon "Scion, rows"`);
//   dotnet run -c Release --project tests/Anneal.Benchmarks -- matrix-parts [seconds]
// prints in half a minute where the time of such a step goes: its products, and the passes over momentum and weights.
//   dotnet run -c Release --project tests/Anneal.Benchmarks -- two-threads [seconds] [rule]
// prints what two threads bring to a step of rules for matrices, and beside it what two steps at the same time bring that have nothing in common;
//   dotnet run -c Release --project tests/Anneal.Benchmarks -- precision [seconds]
// prints in two minutes what a step of AdamW and of momentum costs by the format of weights and memory and by how they are rounded.
//   dotnet run -c Release --project tests/Anneal.Benchmarks -- time-to-error
// prints in a minute how long ML.NET's linear trainer and a scheduled one take to the same validation error.
//   dotnet run -c Release --project tests/Anneal.Benchmarks -- products
// prints what share of the processor's multiply-adds the products of a transformer's layers reach;
//   dotnet run -c Release --project tests/Anneal.Benchmarks -- transformer [threads] [steps]
// prints what a training step of a small transformer takes;
//   dotnet run -c Release --project tests/Anneal.Benchmarks -- agreement
// prints how far its logits, losses and gradients are from PyTorch's and from finite differences;
//   dotnet run -c Release --project tests/Anneal.Benchmarks -- generation [seconds]
// prints tokens a second with and without a KV cache, the cache's memory, and what bfloat16 and float16 change;
//   dotnet run -c Release --project tests/Anneal.Benchmarks -- diagnostics [seconds] [threads]
// prints what each diagnostic of a run takes as a share of a training step.
//   dotnet run -c Release --project tests/Anneal.Benchmarks -- eigen [seconds]
// prints what the eigenproblems of SOAP and Shampoo take here, in Math.NET, and in the system's OpenBLAS.
// .github/BENCHMARKS.md holds what they printed.
using Anneal.Benchmarks;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["ratios", .. var rest])
{
    Ratios.Print(rest);
    return;
}
if (args is ["matrix", .. var seconds])
{
    MatrixRules.Print(seconds);
    return;
}
if (args is ["matrix-parts", .. var forParts])
{
    MatrixParts.Print(forParts);
    return;
}
if (args is ["two-threads", .. var which])
{
    TwoThreads.Print(which);
    return;
}
if (args is ["precision", .. var span])
{
    PrecisionSteps.Print(span);
    return;
}
if (args is ["generation", .. var forEach])
{
    Generation.Print(forEach);
    return;
}
if (args is ["diagnostics", .. var limits])
{
    DiagnosticCosts.Print(limits);
    return;
}
if (args is ["eigen", .. var each])
{
    Eigenproblems.Print(each);
    return;
}
if (args is ["transformer", .. var counts])
{
    TransformerSteps.Print(counts);
    return;
}
if (args is ["agreement"])
{
    Agreement.Print();
    return;
}
if (args is ["products"])
{
    Products.Print();
    return;
}
if (args is ["time-to-error"])
{
    TimeToError.Print();
    return;
}
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .HideColumns(Column.Error, Column.StdDev, Column.RatioSD, Column.Gen0)
    .WithArtifactsPath("artifacts/benchmarks"));
