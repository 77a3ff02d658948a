using Anneal.Advice;
using Anneal.Experiments;

namespace Anneal.Cli;

/// <summary>A proposal in the form that the program which trains reads.</summary>
internal static class AdviceExport
{
    public static IReadOnlyList<string> Forms => ProposalSpec.Forms;

    /// <summary>The form that was asked for, or that a Python file must have.</summary>
    public static string Form(string? asked, string file) => asked is null
        ? Path.GetExtension(file) == ".py" ? "pytorch" : throw new UsageException($"Say how {file} is written: --as {string.Join(", ", Forms)}.")
        : Forms.Contains(asked) ? asked : throw new UsageException($"--as is one of {string.Join(", ", Forms)}, not {asked}.");

    /// <summary>What to do with the file.</summary>
    public static string Next(string form, string file) => form switch
    {
        "train" => $": anneal train {file} --out DIR",
        "sweep" => $": anneal sweep {file} --out DIR",
        _ => ".",
    };

    /// <exception cref="SweepFormatException">What came of it is no run or no sweep.</exception>
    public static string Write(Proposal proposal, string form, AdviceBase? known, int? runs)
    {
        string text;
        try
        {
            text = ProposalSpec.Write(proposal, form, known?.Text, runs);
        }
        catch (ArgumentException refused) when (ProposalSpec.NeedsBase(form))
        {
            throw new UsageException(refused.Message + (form == "train" ? ": give --base RUN.json, such as anneal train template > run.json."
                : ": give --base SWEEP.json, such as anneal sweep template example > sweep.json, or --base RUN.json of anneal train."));
        }
        if (form == "train")
            TrainJson.Read(text, known!.Folder);
        else if (form == "sweep")
            SweepJson.ReadSweep(text, known?.Folder);
        return text;
    }
}
