namespace Anneal.Notebooks;

/// <summary>How cells want values of a type shown.</summary>
internal static class RegisteredFormatters
{
    sealed record Entry(Type Type, string MimeType, Action<object, TextWriter> Format);

    static readonly Lock Lock = new();
    static readonly List<Entry> Entries = [];
    static readonly Dictionary<Type, string[]> Preferences = [];

    public static void Add(Type type, string mimeType, Action<object, TextWriter> format)
    {
        lock (Lock)
        {
            Entries.RemoveAll(e => e.Type == type && e.MimeType == mimeType);
            Entries.Add(new(type, mimeType, format));
        }
    }

    public static void Prefer(Type type, string[] mimeTypes)
    {
        lock (Lock)
            Preferences[type] = mimeTypes;
    }

    public static void Clear()
    {
        lock (Lock)
        {
            Entries.Clear();
            Preferences.Clear();
        }
    }

    /// <summary>The MIME types preferred for a type or the nearest of what it is, or null.</summary>
    public static string[]? Preferred(Type type)
    {
        lock (Lock)
            return Preferences.Count == 0 ? null : Nearest(type, Preferences.Keys) is { } known ? Preferences[known] : null;
    }

    /// <summary>The formatters of a type by MIME type: its own before those of what it is.</summary>
    public static IEnumerable<(string MimeType, Action<object, TextWriter> Format)> For(Type type)
    {
        Entry[] entries;
        lock (Lock)
            entries = [.. Entries.Where(e => Is(type, e.Type))];
        foreach (var sameMime in entries.GroupBy(e => e.MimeType))
            if (Nearest(type, sameMime.Select(e => e.Type)) is { } nearest)
                yield return (sameMime.Key, sameMime.Last(e => e.Type == nearest).Format);
    }

    /// <summary>Of the types that this one is, that which says most of it: the type itself, then its bases, then interfaces.</summary>
    static Type? Nearest(Type type, IEnumerable<Type> candidates) =>
        candidates.Where(c => Is(type, c)).OrderBy(c => c.IsInterface ? 1000 : Distance(type, c)).FirstOrDefault();

    static int Distance(Type type, Type known)
    {
        int steps = 0;
        for (Type? t = type; t is not null && !IsSame(t, known); t = t.BaseType)
            steps++;
        return steps;
    }

    static bool Is(Type type, Type known) => known.IsGenericTypeDefinition
        ? type.GetInterfaces().Concat(Bases(type)).Any(t => IsSame(t, known))
        : known.IsAssignableFrom(type);

    static bool IsSame(Type type, Type known) => type == known || (type.IsGenericType && type.GetGenericTypeDefinition() == known);

    static IEnumerable<Type> Bases(Type type)
    {
        for (Type? t = type; t is not null; t = t.BaseType)
            yield return t;
    }
}
