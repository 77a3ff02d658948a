namespace Anneal.Experiments;

/// <summary>Tokens of a sample, where the data decide it whatever the model's context. The reader of runs' configurations has this file too.</summary>
static class SampleLength
{
    public const int Digits = 16, ModularAddition = 3;

    /// <summary>By the type that the data have in JSON; null where the context decides.</summary>
    public static int? Of(string data) => data switch { "digits" => Digits, "modularAddition" => ModularAddition, _ => null };
}
