namespace Anneal.RuleOptions;

/// <summary>How <see cref="Adafactor"/> uses the rate.</summary>
public enum AdafactorRates
{
    /// <summary>min(rate, 1/√t): the paper's relative step, with the rate in the place of 0.01.</summary>
    Capped,

    /// <summary>As it is.</summary>
    Given,

    /// <summary>Not at all: min(0.01, 1/√t).</summary>
    Relative,

    /// <summary>Not at all: min(1e-6·t, 1/√t), a long warm-up.</summary>
    RelativeWithWarmup,
}
