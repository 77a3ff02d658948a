using System.Globalization;
using System.Text.RegularExpressions;

namespace Anneal.Cli;

/// <summary>The numbers that stand in C# and F# code, comments left out.</summary>
internal static partial class CodeNumbers
{
    public static IEnumerable<double> In(string code) => Number().Matches(CodeText.WithoutComments(code))
        .Select(n => double.Parse(n.Value.Replace("_", ""), CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(?<![\w.])\d[\d_]*(\.\d[\d_]*)?([eE][-+]?\d+)?")]
    private static partial Regex Number();
}
