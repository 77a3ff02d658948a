using System.Text.Json.Nodes;
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

    /// <param name="proposal">The advice.</param>
    /// <param name="form">How it is written.</param>
    /// <param name="known">The run or sweep that it goes into, if there is one.</param>
    /// <param name="runs">Runs that may be spent on the rate.</param>
    /// <param name="folder">Where it is written: relative paths in it begin there.</param>
    /// <exception cref="SweepFormatException">What came of it is no run or no sweep.</exception>
    public static string Write(Proposal proposal, string form, AdviceBase? known, int? runs, string folder)
    {
        string text;
        try
        {
            text = ProposalSpec.Write(proposal, form, known is null ? null : From(known, folder), runs);
        }
        catch (ScheduleFormatException refused)
        {
            throw new UsageException(refused.Message);
        }
        catch (ArgumentException refused) when (ProposalSpec.NeedsBase(form))
        {
            throw new UsageException(refused.Message + (form == "train" ? ": give --base RUN.json, such as anneal train template > run.json."
                : ": give --base SWEEP.json, such as anneal sweep template example > sweep.json, or --base RUN.json of anneal train."));
        }
        if (form == "train")
            TrainJson.Read(text, folder);
        else if (form == "sweep")
            SweepJson.ReadSweep(text, folder);
        return text;
    }

    /// <summary>The text of a base as it is said from another folder: its files stay where they are.</summary>
    static JsonObject From(AdviceBase known, string folder)
    {
        if (Path.GetFullPath(folder) == Path.GetFullPath(known.Folder) || known.Text["data"] is not JsonObject data || data["paths"] is not JsonArray)
            return known.Text;
        var text = known.Text.DeepClone().AsObject();
        text["data"]!["paths"] = new JsonArray([.. data["paths"]!.AsArray().Select(p => JsonValue.Create(Documents.PathFrom(folder, (string)p!, known.Folder)))]);
        return text;
    }
}
