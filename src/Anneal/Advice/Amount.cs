using System.Globalization;

namespace Anneal.Advice;

/// <summary>A number, or a product of powers of what is known of a case: <c>0.1 * (batch/256)</c>, <c>0.3118 * flops^-0.125</c>.</summary>
sealed class Amount
{
    readonly Factor[] factors;
    readonly string text;

    Amount(string text, Factor[] factors) => (this.text, this.factors) = (text, factors);

    /// <summary>Whether it is the same in every case.</summary>
    public bool IsNumber => factors.All(f => f.Names.Length == 0);

    /// <exception cref="FormatException">A factor is neither a number nor something known of cases, to a power.</exception>
    public static Amount Parse(string text) => new(text, [.. text.Split('*').Select(part => Factor.Parse(part.Trim()))]);

    /// <summary>The value; null where something is not known.</summary>
    public double? In(Facts facts)
    {
        double product = 1;
        foreach (var factor in factors)
        {
            if (factor.In(facts) is not { } value)
                return null;
            product *= value;
        }
        return product;
    }

    /// <summary>What it asks about.</summary>
    public IEnumerable<string> Names => factors.SelectMany(f => f.Names);

    /// <summary>What is not known.</summary>
    public IEnumerable<string> Missing(Facts facts) => Names.Where(n => facts[n] is null);

    public override string ToString() => text;

    sealed record Factor(string Over, string Under, double Power)
    {
        public static Factor Parse(string text)
        {
            string[] parts = text.Split('^');
            string inside = parts[0].Trim();
            double power = parts.Length == 1 ? 1 : parts.Length == 2 && double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double p) ? p
                : throw new FormatException($"'{text}' is no power.");
            string[] quotient = inside is ['(', .. var within, ')'] ? within.Split('/') : [inside];
            if (quotient.Length > 2 || quotient.Any(side => !Known(side)))
                throw new FormatException($"'{text}' is neither a number nor something known of a case; there are {string.Join(", ", Facts.Names.Where(Facts.IsNumber))}.");
            return new(quotient[0], quotient.Length == 2 ? quotient[1] : "1", power);
        }

        static bool Known(string side) => Number(side) is not null || (Facts.Names.Contains(side) && Facts.IsNumber(side));

        static double? Number(string side) => double.TryParse(side, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

        public string[] Names => [.. new[] { Over, Under }.Where(side => Number(side) is null)];

        public double? In(Facts facts) => (Number(Over) ?? facts[Over]) / (Number(Under) ?? facts[Under]) is { } quotient ? Math.Pow(quotient, Power) : null;
    }
}
