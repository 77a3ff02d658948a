namespace Anneal.Advice;

/// <summary>A setup that others published, beside what would have been advised for its case.</summary>
/// <param name="Id">Its name in the table of setups.</param>
/// <param name="Recipe">Whose it is.</param>
/// <param name="Link">Where it was published.</param>
/// <param name="InTables">Whether a row of advice was taken from the same recipe or its authors: agreement then proves little.</param>
/// <param name="Case">The case.</param>
/// <param name="Parts">What they set, part by part.</param>
public sealed record PublishedSetup(string Id, string Recipe, string Link, bool InTables, TrainingCase Case, IReadOnlyList<PublishedPart> Parts)
{
    static readonly string[] compared = ["optimizer", "peak", "warm-up", "schedule", "decay", "beta2", "clipping"];

    /// <summary>All of them, compared with the advice there is now.</summary>
    public static IReadOnlyList<PublishedSetup> All { get; } = [.. AdviceTable.Of("setups").Rows.Select(Compared)];

    /// <summary>What the table tells of a setup's case, member by member.</summary>
    internal static IEnumerable<(string Member, string Text)> Told(AdviceRow row) => row["case"].Split(' ').Select(p => p.Split('=')).Select(pair => (pair[0], pair[1]));

    static PublishedSetup Compared(AdviceRow row)
    {
        var given = Told(row).Aggregate(new TrainingCase(), (c, told) => c.With(told.Member, told.Text));
        // The rule is compared for the case as it is, all else for the rule that they took.
        var free = Adviser.Advise(given);
        var advised = Adviser.Advise(given with { Optimizer = row["optimizer"] });
        return new(row.Id, row["recipe"], row["link"], row["tables"] == "yes", given,
            [.. compared.Where(name => row[name].Length > 0).Select(name => Part(name, row[name], (name == "optimizer" ? free : advised)[name]))]);
    }

    static PublishedPart Part(string name, string published, Advised? ours)
    {
        if (ours is null)
            return new(name, published, "nothing", Agreement.Unanswered);
        if (CaseField.Amount(published) is not { } value)
            return new(name, published, ours.Text, Same(published, ours.Text) ? Agreement.Agrees
                : ours.Others.Any(o => Same(published, o.Text)) ? Agreement.Listed : Agreement.Differs);
        // The sources' ranges are rounded to three digits.
        const double rounding = 1e-2;
        bool within = value >= ours.Low * (1 - rounding) && value <= ours.High * (1 + rounding);
        return new(name, published, ours.Text, within ? Agreement.Agrees
            : ours.Others.Any(o => o.Value is { } other && Math.Abs(other - value) <= rounding * Math.Abs(value)) ? Agreement.Listed : Agreement.Differs);
    }

    /// <summary>With and without Nesterov's step, with and without decoupled decay: the same family, at the same rates.</summary>
    static bool Same(string a, string b) => Kin(a) == Kin(b);

    static string Kin(string word) => word switch { "nesterov" => "momentum", "adamW" => "adam", "lateSteps" => "steps", _ => word };
}

/// <summary>One part of a published setup.</summary>
/// <param name="Name">What.</param>
/// <param name="Published">What they set.</param>
/// <param name="Ours">What would have been advised.</param>
/// <param name="Agreement">How the two compare.</param>
public sealed record PublishedPart(string Name, string Published, string Ours, Agreement Agreement);

/// <summary>How a published value compares with the advice.</summary>
public enum Agreement
{
    /// <summary>The same word, or within the advised range.</summary>
    Agrees,

    /// <summary>Another one was advised; this one is listed beside it as what another source says.</summary>
    Listed,

    /// <summary>Another one was advised, and no source that was listed says this.</summary>
    Differs,

    /// <summary>Nothing was advised.</summary>
    Unanswered,
}
