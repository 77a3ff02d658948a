using System.Globalization;

namespace Anneal.Advice;

/// <summary>When a row holds: terms with blanks between, all of which must be met.</summary>
/// <remarks>
/// <code>family=residual,convolutional   a word, or one of several
/// batch=64..8192                  a number from 64 up to, but not, 8192
/// optimizer!=lbfgs                any other word
/// parameters&lt;2e8   updates>=20000
/// always                          every case</code>
/// A term about something that is not known is neither met nor missed; the row then cannot be used, and says what it would need.
/// </remarks>
public sealed class Condition
{
    readonly Term[] terms;
    readonly string text;

    Condition(string text, Term[] terms) => (this.text, this.terms) = (text, terms);

    /// <summary>How many terms it has: the more, the more precise.</summary>
    public int Terms => terms.Length;

    /// <summary>What it asks about.</summary>
    internal IEnumerable<string> Names => terms.Select(t => t.Name);

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">A term is none, or asks about something that no case has.</exception>
    public static Condition Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(text, text is "" or "always" ? [] : [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Term.Parse)]);
    }

    /// <summary>True or false; null where facts are missing and none of the others is against it.</summary>
    internal bool? Holds(Facts facts)
    {
        bool? all = true;
        foreach (var term in terms)
            switch (term.Holds(facts))
            {
                case false: return false;
                case null: all = null; break;
            }
        return all;
    }

    /// <summary>The facts that are missing.</summary>
    internal IEnumerable<string> Missing(Facts facts) => terms.Where(t => t.Holds(facts) is null).Select(t => t.Name);

    /// <inheritdoc/>
    public override string ToString() => text;

    sealed record Term(string Name, string[] Words, double From, double To, bool OpenFrom, bool ClosedTo, bool Negated = false)
    {
        public static Term Parse(string text)
        {
            int at = text.IndexOfAny(['!', '=', '<', '>']);
            if (at <= 0)
                throw new FormatException($"'{text}' is no term such as family=linear or batch>=256.");
            string name = text[..at];
            if (!Facts.Names.Contains(name))
                throw new FormatException($"'{text}' asks about {name}; there are {string.Join(", ", Facts.Names)}.");
            if (text[at..].StartsWith("!=", StringComparison.Ordinal) && !Facts.IsNumber(name))
                return new(name, text[(at + 2)..].Split(','), 0, 0, false, false, Negated: true);
            string sign = text[at..].StartsWith("<=", StringComparison.Ordinal) || text[at..].StartsWith(">=", StringComparison.Ordinal) ? text[at..(at + 2)] : text[at..(at + 1)], rest = text[(at + sign.Length)..];
            if (sign == "=" && rest.Split("..") is [var low, var high])
                return new(name, [], Number(low), Number(high), false, false);
            if (sign == "=" && !Facts.IsNumber(name))
                return new(name, rest.Split(','), 0, 0, false, false);
            double limit = Number(rest);
            return sign switch
            {
                "<" => new(name, [], double.NegativeInfinity, limit, false, false),
                "<=" => new(name, [], double.NegativeInfinity, limit, false, true),
                ">" => new(name, [], limit, double.PositiveInfinity, true, true),
                ">=" => new(name, [], limit, double.PositiveInfinity, false, true),
                _ => new(name, [], limit, limit, false, true),
            };

            double Number(string part) => double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw new FormatException($"'{part}' in '{text}' is no number.");
        }

        public bool? Holds(Facts facts) =>
            Words.Length > 0 ? facts.Words(Name) is { } words ? words.Any(Words.Contains) != Negated : null
            : facts[Name] is { } x ? (OpenFrom ? x > From : x >= From) && (ClosedTo ? x <= To : x < To) : null;
    }
}
