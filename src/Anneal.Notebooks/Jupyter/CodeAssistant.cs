namespace Anneal.Notebooks;

/// <summary>Answers questions about cells that are being written.</summary>
internal sealed class CodeAssistant(CellSession session, KernelPool kernels)
{
    /// <summary>How code could go on at the cursor.</summary>
    /// <param name="Words">What could stand from <paramref name="Start"/> to <paramref name="End"/>.</param>
    /// <param name="Start">Where the word at the cursor begins.</param>
    /// <param name="End">Where it ends.</param>
    public sealed record Completions(IReadOnlyList<string> Words, int Start, int End);

    /// <summary>Whether code could be run as it stands.</summary>
    public enum Completeness
    {
        /// <summary>Yes.</summary>
        Complete,

        /// <summary>Something must follow, such as a closing bracket.</summary>
        Incomplete,

        /// <summary>No, and nothing that follows can change it.</summary>
        Invalid,
    }

    public CodeAnswer Answer(AskAboutCode asked) => asked.Question switch
    {
        CodeQuestion.Completions => Complete(asked) is var found ? new(found.Words, found.Start, found.End) : throw new InvalidOperationException(),
        CodeQuestion.Description => new(Describe(asked)),
        _ => new([Check(asked).ToString().ToLowerInvariant()]),
    };

    Completions Complete(AskAboutCode asked)
    {
        int lineStart = asked.Code.LastIndexOf('\n', Math.Max(0, asked.Position - 1), Math.Max(0, asked.Position)) + 1;
        string before = asked.Code[lineStart..asked.Position];
        if (before.StartsWith("#!", StringComparison.Ordinal))
            return new([.. CellScript.Directives.Select(d => "#!" + d).Where(d => d.StartsWith(before, StringComparison.Ordinal)).Order()], lineStart, asked.Position);
        if (StepAt(asked) is not var (language, code, position))
            return new([], asked.Position, asked.Position);
        var found = language == CellLanguages.CSharp
            ? CSharpAssistant.Complete((CSharpKernel)kernels[language], code, position)
            : FSharpAssistant.Complete((FSharpKernel)kernels[language], code, position);
        int offset = asked.Position - position;
        return new(found.Words, found.Start + offset, found.End + offset);
    }

    IReadOnlyList<string> Describe(AskAboutCode asked) => StepAt(asked) is not var (language, code, position) ? []
        : language == CellLanguages.CSharp ? CSharpAssistant.Describe((CSharpKernel)kernels[language], code, position)
        : FSharpAssistant.Describe((FSharpKernel)kernels[language], code, position);

    Completeness Check(AskAboutCode asked)
    {
        try
        {
            return CellScript.Parse(asked.Code, CellLanguages.Resolve(asked.Language) ?? asked.Language).OfType<CodeStep>().LastOrDefault() switch
            {
                null => Completeness.Complete,
                { Language: CellLanguages.CSharp } step => CSharpAssistant.Check(step.Code),
                var step => FSharpAssistant.Check((FSharpKernel)kernels[step.Language], step.Code),
            };
        }
        catch (CellException)
        {
            return Completeness.Invalid;
        }
    }

    /// <summary>The piece of the cell that the cursor is in, as its compiler would see it, with all lines where they are; null where no code is there.</summary>
    (string Language, string Code, int Position)? StepAt(AskAboutCode asked)
    {
        // Whatever comes after the cursor, such as a directive that is not finished, is no reason not to answer.
        string language = CellLanguages.Resolve(asked.Language) ?? asked.Language, code = asked.Code;
        int start = 0;
        for (int at = 0; at < asked.Position && at >= 0; at = code.IndexOf('\n', at) is >= 0 and var end ? end + 1 : -1)
            if (code.AsSpan(at).StartsWith("#!") && code[(at + 2)..].Split([' ', '\n', '\r'], 2)[0] is var word && CellLanguages.Resolve(word) is { } next)
                (language, start) = (next, code.IndexOf('\n', at) is >= 0 and var end ? end + 1 : code.Length);
        if (language is not (CellLanguages.CSharp or CellLanguages.FSharp) || start > asked.Position)
            return null;
        int stop = code.IndexOf("\n#!", start, StringComparison.Ordinal) is >= 0 and var next2 && next2 >= asked.Position ? next2 : code.Length;
        _ = session.Begin(language);
        return (language, Blanked(code[start..stop]), asked.Position - start);
    }

    /// <summary>The code with directives, which compilers do not know, replaced by blanks.</summary>
    static string Blanked(string code) => string.Join('\n', code.Split('\n').Select(line =>
        line.StartsWith("#!", StringComparison.Ordinal) || line.TrimStart().StartsWith("#r ", StringComparison.Ordinal) || line.TrimStart().StartsWith("#i ", StringComparison.Ordinal)
            ? new string(' ', line.Length) : line));
}
