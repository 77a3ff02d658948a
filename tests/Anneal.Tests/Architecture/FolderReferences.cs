using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Anneal.Tests;

/// <summary>
/// Which folder of src/Anneal refers to which, read from the compiled library: the symbols say which source file holds a method,
/// and the method's signature, locals and instructions say which types and members it uses.
/// </summary>
/// <remarks>What the compiler copies (constants, <c>nameof</c>) leaves no trace, so it is not seen.</remarks>
static partial class FolderReferences
{
    /// <summary>One use: a member of <paramref name="From"/> uses something that is declared in <paramref name="To"/>.</summary>
    /// <param name="From">Folder below src/Anneal, with forward slashes; empty for the project's own folder.</param>
    /// <param name="To">Folder below src/Anneal.</param>
    /// <param name="Use">Who uses what, for people.</param>
    public sealed record Reference(string From, string To, string Use);

    const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;
    static readonly Assembly Library = typeof(Schedule).Assembly;
    static readonly Dictionary<int, string> FolderOfMethod = ReadSymbols();
    static readonly Dictionary<string, string> FolderOfType = ReadDeclarations();
    static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(c => c.Value);

    /// <summary>Every use across folders.</summary>
    public static IReadOnlyList<Reference> All { get; } = [.. Library.GetTypes().Where(t => FolderOf(t) is not null).SelectMany(Uses).Where(r => r.From != r.To).Distinct()];

    static IEnumerable<Reference> Uses(Type type)
    {
        string home = FolderOf(type)!;
        foreach (var used in new[] { type.BaseType }.Concat(type.GetInterfaces()).Concat(type.GetFields(Declared).Select(f => f.FieldType)))
            foreach (string folder in FoldersOf(used))
                yield return new(home, folder, $"{type} uses {used}");
        foreach (MethodBase method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
        {
            string from = FolderOfMethod.GetValueOrDefault(method.MetadataToken, home);
            foreach (var used in Signature(method))
                foreach (string folder in FoldersOf(used))
                    yield return new(from, folder, $"{type}.{method.Name} uses {used}");
            foreach (var member in Members(method))
                foreach (string folder in FoldersOf(member))
                    yield return new(from, folder, $"{type}.{method.Name} uses {member.DeclaringType}.{member.Name}");
        }
    }

    static IEnumerable<Type> Signature(MethodBase method) =>
    [
        .. method.GetParameters().Select(p => p.ParameterType),
        .. method is MethodInfo { ReturnType: var returned } ? [returned] : Array.Empty<Type>(),
        .. method.GetMethodBody()?.LocalVariables.Select(v => v.LocalType) ?? [],
    ];

    /// <summary>What the instructions of a method name: types, methods, fields.</summary>
    static IEnumerable<MemberInfo> Members(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code)
            yield break;
        Type[]? ofType = method.DeclaringType is { IsGenericType: true } generic ? generic.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE)
                value = unchecked((short)(0xFE00 | code[at++]));
            switch (OpCodes[value].OperandType)
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    at += 1;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + 4 * BitConverter.ToInt32(code, at);
                    break;
                case OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok:
                    yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!;
                    at += 4;
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }

    /// <summary>A member of a type that is spread over files lies where its own file is.</summary>
    static IEnumerable<string> FoldersOf(MemberInfo member) => member switch
    {
        Type type => FoldersOf(type),
        MethodBase method when method.Module == Library.ManifestModule && FolderOfMethod.TryGetValue(method.MetadataToken, out string? folder) =>
            [folder, .. method.IsGenericMethod ? method.GetGenericArguments().SelectMany(FoldersOf) : [], .. method.DeclaringType!.GetGenericArguments().SelectMany(FoldersOf)],
        _ => FoldersOf(member.DeclaringType),
    };

    static IEnumerable<string> FoldersOf(Type? type) =>
        type is null || type.IsGenericParameter ? []
        : type.HasElementType ? FoldersOf(type.GetElementType())
        : [.. FolderOf(type) is { } folder ? [folder] : Array.Empty<string>(), .. type.GetGenericArguments().SelectMany(FoldersOf)];

    /// <summary>The folder of the file that is named after a type of the library, or declares it.</summary>
    static string? FolderOf(Type type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type.Assembly == Library ? FolderOfType.GetValueOrDefault(type.Name.Split('`')[0]) : null;
    }

    static Dictionary<int, string> ReadSymbols()
    {
        using PEReader file = new(File.OpenRead(Library.Location));
        using var symbols = file.ReadEmbeddedPortablePdbDebugDirectoryData(file.ReadDebugDirectory().Single(e => e.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
        var reader = symbols.GetMetadataReader();
        Dictionary<int, string> folders = [];
        foreach (var handle in reader.MethodDebugInformation)
        {
            var method = reader.GetMethodDebugInformation(handle);
            var document = !method.Document.IsNil ? method.Document : method.GetSequencePoints().Select(p => p.Document).FirstOrDefault();
            if (!document.IsNil && reader.GetString(reader.GetDocument(document).Name) is var name && name.IndexOf("/src/Anneal/", StringComparison.Ordinal) is >= 0 and int start)
                folders[MetadataTokens.GetToken(handle.ToDefinitionHandle())] = Folder(name[(start + "/src/Anneal/".Length)..]);
        }
        return folders;
    }

    static Dictionary<string, string> ReadDeclarations()
    {
        Dictionary<string, string> folders = [];
        foreach (string file in Directory.GetFiles(Sources.Library, "*.cs", SearchOption.AllDirectories).OrderBy(f => Path.GetFileNameWithoutExtension(f).Count(c => c == '.')))
            foreach (Match match in Declaration().Matches(File.ReadAllText(file)))
                folders.TryAdd(match.Groups["name"].Value, Folder(Path.GetRelativePath(Sources.Library, file).Replace('\\', '/')));
        return folders;
    }

    static string Folder(string file) => file[..Math.Max(0, file.LastIndexOf('/'))];

    [GeneratedRegex(@"^(?:(?:public|internal|file|abstract|sealed|static|partial|readonly|ref|unsafe) )*(?:class|record struct|record|struct|interface|enum|delegate [\w<>\[\],. ?]+?) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
