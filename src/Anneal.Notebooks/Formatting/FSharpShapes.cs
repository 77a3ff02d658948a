using System.Runtime.CompilerServices;
using Microsoft.FSharp.Core;
using Microsoft.FSharp.Reflection;

namespace Anneal.Notebooks;

/// <summary>The shapes of F#'s own kinds of values: unions and functions. (Its records have members like any class.)</summary>
internal static class FSharpShapes
{
    /// <summary>The shape, or null for a value that is not F#'s; those do not load F#'s library.</summary>
    public static Shape? Of(object value) =>
        Bases(value.GetType()).Any(t => t.CustomAttributes.Any(a => a.AttributeType.FullName == "Microsoft.FSharp.Core.CompilationMappingAttribute"))
            ? Find(value) : null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Shape? Find(object value)
    {
        var type = value.GetType();
        if (Bases(type).FirstOrDefault(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(FSharpFunc<,>)) is { } function)
            return new Scalar($"{string.Join(" -> ", function.GetGenericArguments().Select(TypeName.Short))} (a function)");
        if (!FSharpType.IsUnion(type, null))
            return null;
        var (unionCase, fields) = FSharpValue.GetUnionFields(value, type, null);
        return fields.Length == 0 ? new Scalar(unionCase.Name)
            : new Group(unionCase.Name, fields, [.. unionCase.GetFields().Select(f => f.Name)], type.IsGenericType && type.GetGenericTypeDefinition() == typeof(FSharpOption<>));
    }

    static IEnumerable<Type> Bases(Type type)
    {
        for (Type? t = type; t is not null && t != typeof(object); t = t.BaseType)
            yield return t;
    }
}
