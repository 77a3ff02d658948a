namespace Anneal.Notebooks;

/// <summary>A value on the page that can be replaced by another.</summary>
public sealed class DisplayedValue
{
    readonly CellOutput _output;
    readonly int _id;
    readonly string[] _mimeTypes;

    internal DisplayedValue(CellOutput output, int id, string[] mimeTypes) => (_output, _id, _mimeTypes) = (output, id, mimeTypes);

    /// <summary>Shows this value in the place of the one shown so far.</summary>
    public void Update(object? value) => _output.Replace(_id, value, _mimeTypes);
}
