using System.Text.Json;

namespace Anneal;

/// <summary>One member of a form: its name, and what it is when left out.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Default">Null when it must be given; empty when it has no value unless given.</param>
sealed record Member(string Name, string? Default)
{
    /// <summary>From <c>name</c>, <c>name?</c> or <c>name = default</c>.</summary>
    public static Member Parse(string text) => text.Split('=', StringSplitOptions.TrimEntries) is [var name, var value] ? new(name, value)
        : text.EndsWith('?') ? new(text.TrimEnd('?'), "")
        : new(text, null);

    public override string ToString() => Default switch { null => Name, "" => $"{Name}?", _ => $"{Name} = {Default}" };
}

/// <summary>What stands in the brackets of a form, and how a schedule is taken apart and made.</summary>
/// <param name="Members">Its members, in the record's own order.</param>
/// <param name="Take">The members' values; null leaves one out.</param>
/// <param name="Make">The record from its members, asked for in order.</param>
sealed record FormBody(IReadOnlyList<Member> Members, Func<Schedule, object?[]> Take, Func<Arguments, Schedule> Make)
{
    /// <param name="members">The names, in the record's own order: <c>peak, steps, floor = 0</c>.</param>
    /// <param name="take">The members' values.</param>
    /// <param name="make">The record from its members, asked for in order.</param>
    public static FormBody Of<S>(string members, Func<S, object?[]> take, Func<Arguments, Schedule> make) where S : Schedule =>
        new(Array.ConvertAll(members.Split(',', StringSplitOptions.TrimEntries), Member.Parse), s => take((S)s), make);
}

/// <summary>How one type of schedule is written: one row of the table that reading, writing, notation and help all use.</summary>
/// <param name="of">The record.</param>
/// <param name="word">Its name in notation.</param>
/// <param name="body">The rest, made when it is first asked for: of the fifty types a program reads a few, and a browser is slow to meet one.</param>
sealed class Form(Type of, string word, Func<FormBody> body)
{
    FormBody? made;

    /// <summary>The record.</summary>
    public Type Of { get; } = of;

    /// <summary>Its name in notation.</summary>
    public string Word { get; } = word;

    /// <summary>Its name in JSON: the record's.</summary>
    public string Type { get; } = Written.Camel(of.Name);

    /// <inheritdoc cref="FormBody.Members"/>
    public IReadOnlyList<Member> Members => Made.Members;

    /// <inheritdoc cref="FormBody.Take"/>
    public Func<Schedule, object?[]> Take => Made.Take;

    /// <inheritdoc cref="FormBody.Make"/>
    public Func<Arguments, Schedule> Make => Made.Make;

    FormBody Made => made ??= body();

    /// <summary>The schedule that a node means.</summary>
    public static Schedule Bind(Node node)
    {
        if (node.Kind != NodeKind.Call)
            throw node.Place.Refuse($"must be a schedule, not {node.Description}");
        var form = Forms.Named(node.Text)
            ?? throw node.Place.Of("type").Refuse($"there is no schedule '{Written.Short(node.Text)}'{Written.DidYouMean(node.Text, Forms.Names)}");
        var arguments = new Arguments(form, node);
        try
        {
            return form.Make(arguments);
        }
        catch (ArgumentException refused)
        {
            throw arguments.Refuse(refused);
        }
        catch (JsonException broken)
        {
            throw node.Place.Refuse(JsonReason.NotJson(broken, $"the text in {form.Type}"));
        }
    }
}
