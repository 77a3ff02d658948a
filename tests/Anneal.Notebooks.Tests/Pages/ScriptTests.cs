using Jint;

namespace Anneal.Notebooks.Tests;

/// <summary>The scripts of our own that pages carry, read by a JavaScript engine without a page: what a browser would refuse to start is found without a browser.</summary>
public class ScriptTests
{
    public static TheoryData<string> Scripts => [.. typeof(Asset).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("page/", StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Every_script_parses(string name) => Assert.True(Engine.PrepareScript(Asset.Text(name), name).IsValid);

    /// <summary>The scripts of one page share their names.</summary>
    [Fact]
    public void No_two_scripts_declare_one_name()
    {
        var names = Scripts.SelectMany(row => Engine.PrepareScript(Asset.Text(row.Data)).Program!.Body).Select(Declared).OfType<string>().ToList();
        Assert.NotEmpty(names);
        Assert.Equal(names.Distinct(), names);
    }

    static string? Declared(object statement) => statement switch
    {
        Acornima.Ast.FunctionDeclaration { Id.Name: var name } => name,
        Acornima.Ast.VariableDeclaration { Declarations: [{ Id: Acornima.Ast.Identifier { Name: var name } }] } => name,
        _ => null,
    };
}
