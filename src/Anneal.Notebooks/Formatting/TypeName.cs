using System.Reflection;

namespace Anneal.Notebooks;

/// <summary>Types in the words of the one who wrote them.</summary>
internal static class TypeName
{
    static readonly Dictionary<Type, string> Keywords = new (Type Type, string Keyword)[]
    {
        (typeof(bool), "bool"), (typeof(byte), "byte"), (typeof(sbyte), "sbyte"), (typeof(char), "char"), (typeof(decimal), "decimal"),
        (typeof(double), "double"), (typeof(float), "float"), (typeof(int), "int"), (typeof(uint), "uint"), (typeof(long), "long"),
        (typeof(ulong), "ulong"), (typeof(short), "short"), (typeof(ushort), "ushort"), (typeof(object), "object"), (typeof(string), "string"),
    }.ToDictionary(x => x.Type, x => x.Keyword);

    /// <summary>The type as C# code that compiles in any scope.</summary>
    public static string CSharp(Type type) => Write(type, qualified: true);

    /// <summary>The type as a heading for a reader: without namespaces.</summary>
    public static string Short(Type type) => Write(type, qualified: false);

    /// <summary>The type with its namespaces, as a value of its own.</summary>
    public static string Full(Type type)
    {
        if (type.IsArray)
            return $"{Full(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter || type.Name.StartsWith("<>", StringComparison.Ordinal))
            return Short(type);
        var arguments = new Queue<Type>(type.GetGenericArguments());
        string name = string.Join('+', Nesting(type).Select(t => Arity(t) == 0 ? t.Name
            : $"{t.Name[..t.Name.IndexOf('`')]}<{string.Join(",", Enumerable.Range(0, Arity(t)).Select(_ => Full(arguments.Dequeue())))}>"));
        return type.Namespace is { } space ? $"{space}.{name}" : name;
    }

    /// <summary>The assemblies that the type and its arguments come from.</summary>
    public static IEnumerable<Assembly> Assemblies(Type type) => type.HasElementType
        ? Assemblies(type.GetElementType()!)
        : type.GetGenericArguments().SelectMany(Assemblies).Append(type.Assembly).Distinct();

    static string Write(Type type, bool qualified)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
            return keyword;
        if (type.IsArray)
        {
            // The brackets of int[][,] are written from the outside in, the element types from the inside out.
            string ranks = "";
            while (type.IsArray)
                (ranks, type) = ($"{ranks}[{new string(',', type.GetArrayRank() - 1)}]", type.GetElementType()!);
            return Write(type, qualified) + ranks;
        }
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return Write(underlying, qualified) + "?";
        if (type.IsGenericParameter)
            return type.Name;
        if (type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true && type.GetGenericArguments().Length is > 1 and < 8)
            return $"({string.Join(", ", type.GetGenericArguments().Select(a => Write(a, qualified)))})";

        var nesting = qualified ? Nesting(type) : [type];
        var arguments = new Queue<Type>(type.GetGenericArguments().TakeLast(nesting.Sum(Arity)));
        string name = string.Join('.', nesting.Select(t => Part(t, arguments, qualified)));
        return qualified && type.Namespace is { } space ? $"global::{space}.{name}" : name;
    }

    static IEnumerable<Type> Nesting(Type type) => type.DeclaringType is { } outer ? Nesting(outer).Append(type) : [type];

    /// <summary>The type's own parameters, without those of the types it is declared in: 2 for Dictionary`2.</summary>
    static int Arity(Type type) => type.Name.IndexOf('`') is >= 0 and var tick ? int.Parse(type.Name[(tick + 1)..]) : 0;

    static string Part(Type type, Queue<Type> arguments, bool qualified)
    {
        if (Arity(type) == 0)
            return type.Name;
        var own = Enumerable.Range(0, Arity(type)).Select(_ => Write(arguments.Dequeue(), qualified));
        return $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", own)}>";
    }
}
