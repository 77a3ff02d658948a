using System.Diagnostics;
using System.Text.Json;

namespace Anneal.Notebooks;

/// <summary>Runs the cells of one notebook, in order, in this process.</summary>
internal sealed class CellSession
{
    readonly Notebook _notebook;
    readonly CellOutput _output;
    readonly KernelPool _kernels;
    readonly Sources _sources;
    readonly string _folder;
    readonly NotebookPackages _packages;
    readonly Dictionary<string, string> _values = [];
    readonly HashSet<string> _languages;
    readonly List<(Step Step, SourceText Text)> _postponed = [];

    public CellSession(Notebook notebook, CellOutput output, KernelPool kernels, Sources sources)
    {
        (_notebook, _output, _kernels, _sources) = (notebook, output, kernels, sources);
        _folder = Path.GetDirectoryName(notebook.Path)!;
        _packages = new(_folder);
        _languages = NotebookLanguages.Of(notebook);
    }

    /// <summary>A session whose cells are not known beforehand, because somebody writes them.</summary>
    public static CellSession ForFrontEnd(string folder, string language, CellOutput output, KernelPool kernels, Sources sources) =>
        new(new("notebook", Path.Combine(folder, "notebook.ipynb"), language, []), output, kernels, sources);

    /// <summary>Runs one cell and puts out what comes of it.</summary>
    /// <returns>Null, or why it failed.</returns>
    public Failure? Run(int index)
    {
        var cell = _notebook.Cells[index];
        if (cell.Kind != CellKind.Code)
            return null;
        var text = _sources.Cell(index, cell);
        return Run(text, cell.Language, []);
    }

    /// <summary>Runs a cell that somebody has just written.</summary>
    /// <param name="number">The number that diagnostics and stack traces know it by.</param>
    /// <param name="code">Its text.</param>
    /// <param name="language">The language of its first line.</param>
    /// <returns>Null, or why it failed.</returns>
    public Failure? Run(int number, string code, string language) =>
        Run(_sources.Add(new($"cell-{number}", null, code.ReplaceLineEndings("\n"))), language, []);

    /// <summary>Does what imported files have asked for in a language that nothing had used until now.</summary>
    /// <returns>Null, or why that failed.</returns>
    public Failure? Begin(string language) => !_languages.Add(language) ? null : _postponed
        .Where(p => OnlyPrepares(p.Step) == language)
        .Select(p => Do(p.Step, p.Text, []))
        .FirstOrDefault(failure => failure is not null);

    Failure? Run(SourceText text, string language, IReadOnlyList<string> importing)
    {
        try
        {
            long? started = null;
            string known = CellLanguages.Resolve(language) ?? (language == CellLanguages.Value ? language : null) ?? throw new CellException("unknown language", CellLanguages.Refusal(language));
            foreach (var step in CellScript.Parse(text.Text, known))
                if (step is TimeStep)
                    started = Stopwatch.GetTimestamp();
                else if (importing.Count > 0 && IsForOriginal(step))
                    continue;
                else if (importing.Count > 0 && OnlyPrepares(step) is { } unused && !_languages.Contains(unused))
                    _postponed.Add((step, text));
                else if ((LanguageOf(step) is { } used ? Begin(used) : null) is { } unprepared)
                    return unprepared;
                else if (Do(step, text, importing) is { } failure)
                    return failure;
            if (started is { } start)
                _output.Display($"Wall time: {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0.####}ms", []);
            return null;
        }
        catch (CellException e)
        {
            return FailureReport.Of(e, text);
        }
    }

    /// <summary>Whether an imported file has code that the original kernel needs and this engine does by itself.</summary>
    static bool IsForOriginal(Step step) => step is CodeStep code && code.Code.TrimStart('\n').StartsWith("// Only for .NET Interactive.", StringComparison.Ordinal);

    /// <summary>The language that a step gets ready without doing anything in it, or null for a step that does something.</summary>
    /// <remarks>boot.dib opens namespaces in both languages; a notebook in one of them should not wait for the other to start.</remarks>
    static string? OnlyPrepares(Step step) => step switch
    {
        ReferenceStep reference => reference.Language,
        PackageStep package => package.Language,
        CodeStep code when code.Code.Split('\n').Select(l => l.Trim()).All(l =>
            l.Length == 0 || l.StartsWith("//", StringComparison.Ordinal) || l.StartsWith("open ", StringComparison.Ordinal)
            || (l.StartsWith("using ", StringComparison.Ordinal) && !l.Contains('=') && !l.Contains('('))) => code.Language,
        _ => null,
    };

    /// <summary>The language whose interpreter a step needs, or null where it needs none.</summary>
    static string? LanguageOf(Step step) => step switch
    {
        CodeStep code => code.Language,
        ReferenceStep reference => reference.Language,
        PackageStep package => package.Language,
        ShareStep share => share.To,
        CopyStep copy => copy.To,
        SetStep set => set.To,
        _ => null,
    };

    Failure? Do(Step step, SourceText text, IReadOnlyList<string> importing)
    {
        try
        {
            switch (step)
            {
                case CodeStep code:
                    return Run(code, text);
                case TextStep shown:
                    _output.Display(shown.Text, [shown.MimeType]);
                    return null;
                case ImportStep import:
                    return Import(import, text, importing);
                case ReferenceStep reference:
                    Reference(reference);
                    return null;
                case PackageStep package:
                    Reference(package);
                    return null;
                case PackageSourceStep source:
                    _packages.AddSource(source.Source);
                    return null;
                case ValueStep value:
                    _values[value.Name] = value.File is { } file ? ReadValue(file) : value.Text;
                    return null;
                case ShareStep share:
                    _kernels[share.To].Set(share.As, Find(share.From, share.Name));
                    return null;
                case CopyStep copy:
                    _kernels[copy.To].Set(copy.As, Copy(Find(copy.From, copy.Name)));
                    return null;
                case SetStep set:
                    _kernels[set.To].Set(set.As, new(set.Value, typeof(string)));
                    return null;
                default:
                    throw new UnreachableException();
            }
        }
        catch (CellException e) when (e.Line is null)
        {
            throw new CellException(e.Name, e.Message, step.Line);
        }
        catch (Exception e) when (e is not CellException)
        {
            // A type's own formatter threw, or an interpreter gave up.
            return FailureReport.Of(e, _sources);
        }
    }

    Failure? Run(CodeStep code, SourceText text)
    {
        string ending = code.Language == CellLanguages.CSharp ? ".csx" : ".fsx";
        var result = _kernels[code.Language].Run(code.Code, Path.Combine(_folder, text.Label is null ? text.FileName + ending : text.FileName));
        if (result.Faults is { } faults)
            return Unsupported.Advise(FailureReport.Of(faults, _sources));
        if (result.Exception is { } exception)
            return FailureReport.Of(exception, _sources);
        if (result.Value is { } value)
            _output.Result(value);
        return null;
    }

    Failure? Import(ImportStep import, SourceText from, IReadOnlyList<string> importing)
    {
        string path = Path.GetFullPath(import.Path, _folder);
        if (!File.Exists(path))
            throw new CellException("missing file", $"#!import: there is no file {import.Path} in {_folder}.", import.Line);
        if (importing.Contains(path))
            throw new CellException("circular import", $"#!import: {import.Path} imports itself by way of {string.Join(", ", importing.Select(_sources.Label))}.", import.Line);
        importing = [.. importing, path];
        string label = _sources.Label(path);
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".dib" or ".cs" or ".csx":
                return Run(_sources.Add(new(path, label, ReadText(path))), CellLanguages.CSharp, importing);
            case ".fs" or ".fsx":
                return Run(_sources.Add(new(path, label, ReadText(path))), CellLanguages.FSharp, importing);
            case ".ipynb":
                return ReadNotebook(path, import).Cells.Index()
                    .Select(c => Import(c.Item, $"{path}-cell-{c.Index + 1}", $"{label}, cell {c.Index + 1}", importing))
                    .FirstOrDefault(failure => failure is not null);
            case var ending:
                throw new CellException("unknown file type", $"#!import reads .dib, .ipynb, .cs and .fsx; {ending} is none of them.", import.Line);
        }
    }

    /// <summary>A cell of an imported notebook: code runs, text is shown, and what is neither is left out.</summary>
    Failure? Import(Cell cell, string fileName, string label, IReadOnlyList<string> importing)
    {
        switch (cell.Kind)
        {
            case CellKind.Code:
                return Run(_sources.Add(new(fileName, label, cell.Source)), cell.Language, importing);
            case CellKind.Markdown:
                _output.Display(WithAttachments(cell), ["text/markdown"]);
                return null;
            default:
                return null;
        }
    }

    /// <summary>Its text with the images that came inside the cell in place of links to them.</summary>
    static string WithAttachments(Cell cell) => cell.Attachments.Aggregate(cell.Source, (text, file) =>
        text.Replace($"(attachment:{file.Key})", $"({Images.DataAddress(file.Value.MimeType, file.Value.Content)})"));

    static Notebook ReadNotebook(string path, ImportStep import)
    {
        try
        {
            return NotebookFile.Read(path).Notebook;
        }
        catch (NotebookException e)
        {
            throw new CellException("unreadable file", $"#!import: {e.Message}", import.Line);
        }
    }

    static string ReadText(string path) => File.ReadAllText(path).ReplaceLineEndings("\n");

    void Reference(ReferenceStep reference)
    {
        // A name without a file is a library of the framework, which both compilers know already.
        if (Libraries.IsTrusted(reference.Path) || Libraries.IsTrusted(Path.GetFileNameWithoutExtension(reference.Path)))
            return;
        string path = Path.GetFullPath(reference.Path, _folder);
        if (!File.Exists(path))
            throw new CellException("missing file", $"#r: there is no file {reference.Path} in {_folder}. If it is a library of this repository, it is not built yet; this builds them all: dotnet build notebooks/Libraries.csproj -c Release");
        try
        {
            _kernels[reference.Language].Reference(Libraries.Load(path));
        }
        catch (BadImageFormatException)
        {
            throw new CellException("unreadable library", $"#r: {reference.Path} is not a .NET library.");
        }
    }

    void Reference(PackageStep package)
    {
        var (libraries, note) = _packages.Load(package.Id, package.Version);
        foreach (string library in libraries)
            _kernels[package.Language].Reference(library);
        if (note is not null)
            _output.Write(isError: false, note + "\n");
    }

    string ReadValue(string file)
    {
        string path = Path.GetFullPath(file, _folder);
        return File.Exists(path) ? File.ReadAllText(path) : throw new CellException("missing file", $"#!value: there is no file {file} in {_folder}.");
    }

    TypedValue Find(string language, string name)
    {
        if (language == CellLanguages.Value)
            return _values.TryGetValue(name, out string? text) ? new(text, typeof(string))
                : throw new CellException("unknown value", $"No #!value has the name {name} at this point.{(Suggestion.Nearest(name, _values.Keys) is { } near ? $" Did you mean {near}?" : "")}");
        var kernel = _kernels.Started(language);
        if (kernel?.Find(name) is { } value)
            return value;
        string? meant = kernel is null ? null : Suggestion.Nearest(name, kernel.Names);
        throw new CellException("unknown value", $"{language} has no value {name} at this point.{(meant is null ? "" : $" Did you mean {meant}?")}");
    }

    /// <summary>What the original kernel makes of a value that is not shared by reference: numbers become doubles, structures JSON.</summary>
    static TypedValue Copy(TypedValue value)
    {
        var json = JsonSerializer.SerializeToDocument(value.Value, value.Value?.GetType() ?? value.Type);
        return json.RootElement.ValueKind switch
        {
            JsonValueKind.String => new(json.RootElement.GetString(), typeof(string)),
            JsonValueKind.Number => new(json.RootElement.GetDouble(), typeof(double)),
            JsonValueKind.True or JsonValueKind.False => new(json.RootElement.GetBoolean(), typeof(bool)),
            _ => new(json, typeof(JsonDocument)),
        };
    }
}
