namespace Anneal.Experiments;

/// <summary>The first names of <c>data/names.csv</c>, one a line, in a drawn order; a tenth is held out.</summary>
public static class NameList
{
    /// <summary>The lines of the part for training, or of the one that is held out, each ended by a line feed.</summary>
    public static string Text(bool heldOut = false, ulong seed = 1)
    {
        string[] names = [.. Table.Read(DataSets.File("names")).Texts("name")];
        new SeededRandom(seed).Shuffle(names.AsSpan());
        int held = names.Length / 10;
        return string.Concat((heldOut ? names[..held] : names[held..]).Select(n => n + "\n"));
    }
}
