namespace Anneal.Notebooks;

/// <summary>The words after a directive: <c>--name value</c> pairs, switches, and what is left.</summary>
internal sealed class DirectiveOptions
{
    readonly Dictionary<string, string> _values = [];
    readonly List<string> _rest = [];
    readonly string _example;
    readonly int _line;

    /// <param name="example">A correct directive, for messages.</param>
    /// <param name="words">The words after the directive's name.</param>
    /// <param name="line">The line it stands on.</param>
    /// <param name="named">Options with a value.</param>
    /// <param name="switches">Options without.</param>
    public DirectiveOptions(string example, string[] words, int line, string[] named, string[] switches)
    {
        (_example, _line) = (example, line);
        for (int i = 0; i < words.Length; i++)
        {
            string name = words[i].StartsWith("--", StringComparison.Ordinal) ? words[i][2..] : "";
            if (name == "")
                _rest.Add(words[i]);
            else if (switches.Contains(name))
                _values[name] = "";
            else if (!named.Contains(name))
                throw Wrong($"--{name} is not one of its options");
            else if (++i < words.Length)
                _values[name] = words[i];
            else
                throw Wrong($"--{name} needs a value");
        }
    }

    public string? this[string name] => _values.GetValueOrDefault(name);

    public bool Has(string name) => _values.ContainsKey(name);

    public string Required(string name) => this[name] ?? throw Wrong($"--{name} is missing");

    public string Single() => _rest.Count == 1 ? _rest[0] : throw Wrong("it takes one name");

    CellException Wrong(string what) => new("incomplete directive", $"{_example.Split(' ')[0]}: {what}. Example: {_example}", _line);
}
