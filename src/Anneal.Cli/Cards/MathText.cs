using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Anneal.Cli;

/// <summary>A formula in Unicode, such as <c>η · σ² / (2μ)</c>, as the MathJax that Anki typesets: <c>\(\eta \cdot \sigma^{2} / (2\mu)\)</c>.</summary>
internal static partial class MathText
{
    const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵗⁿᵀᵏ", RaisedAs = "0123456789-+tnTk", Lowered = "₀₁₂₃₄₅₆₇₈₉₋₊ₜₙₖᵢⱼ", LoweredAs = "0123456789-+tnkij";

    /// <summary>Signs and what TeX calls them, in turn.</summary>
    const string Signs = """
        α \alpha β \beta γ \gamma δ \delta ε \varepsilon η \eta θ \theta κ \kappa λ \lambda μ \mu π \pi ρ \rho σ \sigma τ \tau φ \varphi ω \omega Σ \sum ∑ \sum Δ \Delta ∇ \nabla ∂ \partial
        · \cdot × \times − - ± \pm ≤ \le ≥ \ge ≈ \approx ∈ \in ∞ \infty → \to ⊙ \odot √ \surd ‖ \| … \ldots ½ \tfrac{1}{2} % \% # \# & \& $ \$ { \{ } \} ~ \sim \ \backslash
        """;

    /// <summary>A name in letters ends with a space, so that no letter after it joins it.</summary>
    static readonly Dictionary<char, string> signs = Signs.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Chunk(2)
        .ToDictionary(pair => pair[0][0], pair => char.IsAsciiLetter(pair[1][^1]) ? pair[1] + " " : pair[1]);

    /// <summary>The formula between MathJax's marks, safe inside HTML.</summary>
    public static string Of(string formula)
    {
        var tex = new StringBuilder();
        for (int i = 0; i < formula.Length;)
        {
            if (Run(formula, ref i, Raised, RaisedAs) is { Length: > 0 } raised)
                tex.Append($"^{{{raised}}}");
            else if (Run(formula, ref i, Lowered, LoweredAs) is { Length: > 0 } lowered)
                tex.Append($"_{{{lowered}}}");
            else if (Power().Match(formula, i) is { Success: true } power)
            {
                tex.Append($"^{{{string.Concat(power.Groups[1].Value.Select(c => signs.GetValueOrDefault(c, $"{c}")))}}}");
                i += power.Length;
            }
            else if (Word(formula, i) is { Length: > 1 } word)
            {
                tex.Append($@"\text{{{word}}}");
                i += word.Length;
            }
            else
            {
                tex.Append(signs.TryGetValue(formula[i], out string? sign) ? sign : formula[i] == ' ' ? @"\ " : $"{formula[i]}");
                i++;
            }
        }
        return $@"\({WebUtility.HtmlEncode(tex.ToString())}\)";
    }

    /// <summary>A power written with a sign, digits, letters or a half: all of it is raised.</summary>
    [GeneratedRegex(@"\G\^([−+-]?(?:[0-9A-Za-z½α-ω]+))")]
    private static partial Regex Power();

    static string Run(string text, ref int at, string from, string to)
    {
        int start = at;
        while (at < text.Length && from.Contains(text[at]))
            at++;
        return string.Concat(text[start..at].Select(c => to[from.IndexOf(c)]));
    }

    /// <summary>Two plain letters or more are a word or a name, set upright.</summary>
    static string Word(string text, int start)
    {
        int end = start;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
            end++;
        return text[start..end];
    }
}
