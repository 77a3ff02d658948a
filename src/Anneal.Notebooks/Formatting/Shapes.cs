using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Anneal.Notebooks;

/// <summary>Finds the shape of a value. Nothing here runs for long: sequences are cut, and members that throw are noted.</summary>
internal static class Shapes
{
    /// <summary>Rows, columns and members shown of anything, unless a cell asks for more or fewer.</summary>
    public const int UsuallyShown = 20;

    /// <summary>Rows, columns and members shown of anything.</summary>
    public static int Shown { get; set; } = UsuallyShown;

    /// <summary>A sequence that does not know its length is counted so far, or so long.</summary>
    const int CountLimit = 100_000;
    static readonly TimeSpan CountTime = TimeSpan.FromMilliseconds(100);

    /// <summary>The shape of a value.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="declared">The type it was declared with: F#'s None is null and needs it.</param>
    public static Shape Of(object? value, Type? declared = null)
    {
        try
        {
            return Find(value, declared);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new Scalar($"({value!.GetType().Name} cannot be shown: {e.GetType().Name}: {e.Message})");
        }
    }

    static Shape Find(object? value, Type? declared) => value switch
    {
        null => new Scalar(declared?.FullName?.StartsWith("Microsoft.FSharp.Core.FSharpOption`", StringComparison.Ordinal) == true ? "None" : "<null>"),
        string text => new Scalar(text, IsQuoted: true),
        bool flag => new Scalar(flag.ToString()),
        char letter => new Scalar(letter.ToString()),
        DateTime time => new Scalar(time.ToString("u", CultureInfo.InvariantCulture)),
        DateTimeOffset time => new Scalar(time.ToString("u", CultureInfo.InvariantCulture)),
        DateOnly day => new Scalar(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        TimeOnly time => new Scalar(time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        TimeSpan span => new Scalar(span.ToString("c", CultureInfo.InvariantCulture)),
        Enum member => new Scalar(member.ToString()),
        Type type => new Scalar(TypeName.Full(type)),
        StringBuilder text => new Scalar(text.ToString(), IsQuoted: true),
        Complex number => new Scalar(number.ToString(CultureInfo.InvariantCulture)),
        _ when IsNumber(value) => new Scalar(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture), IsNumber: true),
        Unreadable member => new Scalar(member.Why),
        Exception exception => new Scalar(Describe(exception)),
        JsonDocument json => new Scalar(json.RootElement.ToString()),
        JsonElement json => new Scalar(json.ToString()),
        JsonNode json => new Scalar(json.ToJsonString()),
        Delegate function => new Scalar(TypeName.Short(function.GetType())),
        Task task => OfTask(task),
        Array { Rank: 2 } grid => OfGrid(grid),
        ITuple tuple => new Group("", [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])], [.. Enumerable.Range(1, tuple.Length).Select(i => $"Item{i}")]),
        IDictionary map => OfMap(map, map.Count),
        IEnumerable items when KeyAndValue(items.GetType()) is not null => OfMap(items, CountOf(items)),
        IEnumerable items => OfItems(items),
        _ when FSharpShapes.Of(value) is { } shape => shape,
        _ when SaysItself(value.GetType()) => new Scalar(value is IFormattable form ? form.ToString(null, CultureInfo.InvariantCulture) : value.ToString() ?? ""),
        _ => OfMembers(value),
    };

    static bool IsNumber(object value) => value is IConvertible { } and not (DateTime or char or bool or string) || value is Half or Int128 or UInt128 or BigInteger or nint or nuint;

    static string Describe(Exception exception) =>
        $"{exception.GetType().Name}: {exception.Message}{(exception.InnerException is { } inner ? "\n" + Describe(inner) : "")}";

    static Shape OfTask(Task task) => task switch
    {
        { IsFaulted: true } => new Group("Faulted", [Describe(task.Exception!.InnerException!)]),
        { IsCompletedSuccessfully: true } when task.GetType().GetProperty("Result") is { } result && result.PropertyType.Name != "VoidTaskResult" => new Group("Completed", [result.GetValue(task)]),
        _ => new Scalar(task.Status.ToString()),
    };

    static Grid OfGrid(Array grid)
    {
        var (rows, columns) = (grid.GetLength(0), grid.GetLength(1));
        return new([.. Enumerable.Range(0, Math.Min(rows, Shown)).Select(i =>
            Enumerable.Range(0, Math.Min(columns, Shown)).Select(j => grid.GetValue(i + grid.GetLowerBound(0), j + grid.GetLowerBound(1))).ToArray())], rows, columns);
    }

    static Map OfMap(IEnumerable map, long? count)
    {
        var first = new List<(object?, object?)>();
        foreach (object? entry in map)
        {
            if (first.Count == Shown)
                break;
            if (entry is DictionaryEntry pair)
                first.Add((pair.Key, pair.Value));
            else if (entry is not null)
                first.Add((entry.GetType().GetProperty("Key")!.GetValue(entry), entry.GetType().GetProperty("Value")!.GetValue(entry)));
        }
        return new(first, count ?? (first.Count < Shown ? first.Count : null));
    }

    static Items OfItems(IEnumerable items)
    {
        var first = new List<object?>();
        long? known = CountOf(items);
        long start = Stopwatch.GetTimestamp();
        long count = 0;
        try
        {
            foreach (object? item in items)
            {
                if (count++ < Shown)
                    first.Add(item);
                else if (known is not null)
                    break;
                else if (count > CountLimit || Stopwatch.GetElapsedTime(start) > CountTime)
                    return new(first, null, null);
            }
            return new(first, known ?? count, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new(first, null, $"{e.GetType().Name}: {e.Message}");
        }
    }

    static long? CountOf(IEnumerable items) => items is ICollection collection ? collection.Count
        : items.GetType().GetInterfaces()
            .Where(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>) || i.GetGenericTypeDefinition() == typeof(ICollection<>)))
            .Select(i => (long?)(int)i.GetProperty("Count")!.GetValue(items)!)
            .FirstOrDefault();

    static Type? KeyAndValue(Type type) => type.GetInterfaces()
        .FirstOrDefault(i => i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IDictionary<,>) || i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)));

    /// <summary>Whether somebody wrote a ToString for the type; the ones compilers write go round in circles on cyclic data.</summary>
    static bool SaysItself(Type type)
    {
        var method = type.GetMethod("ToString", BindingFlags.Public | BindingFlags.Instance, [])!;
        return method.DeclaringType != typeof(object) && method.DeclaringType != typeof(ValueType)
            && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !method.DeclaringType!.Name.StartsWith("<>", StringComparison.Ordinal);
    }

    static Shape OfMembers(object value)
    {
        var type = value.GetType();
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        var properties = type.GetProperties(Public)
            .Where(p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && Boxes(p.PropertyType))
            .Select(p => (p.Name, Value: Read(() => p.GetValue(value))));
        var fields = type.GetFields(Public).Where(f => Boxes(f.FieldType)).Select(f => (f.Name, Value: Read(() => f.GetValue(value))));
        (string, object?)[] members = [.. properties.Concat(fields).DistinctBy(m => m.Name).Take(Shown)];
        bool isAnonymous = type.Name.StartsWith("<>", StringComparison.Ordinal) || type.Name.StartsWith("VB$", StringComparison.Ordinal);
        return members.Length == 0 ? new Scalar(TypeName.Short(type)) : new Members(isAnonymous ? "" : TypeName.Short(type), members, isAnonymous || type.GetMethod("<Clone>$") is not null);
    }

    static bool Boxes(Type type) => !type.IsByRefLike && !type.IsPointer && !type.IsByRef;

    static object? Read(Func<object?> get)
    {
        try
        {
            return get();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            var cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            return new Unreadable($"({cause.GetType().Name}: {cause.Message})");
        }
    }
}
