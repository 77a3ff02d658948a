using System.Reflection;

namespace Anneal.Tests;

public class RuleOptionsTests
{
    static readonly Type[] options = [.. typeof(CoefficientSet).Assembly.GetExportedTypes().Where(type => type.IsEnum && type.Namespace == "Anneal.RuleOptions")];

    /// <summary>Every option with every value it can have.</summary>
    public static TheoryData<Enum> Values => [.. options.SelectMany(type => Enum.GetValues(type).Cast<Enum>())];

    [Fact]
    public void Every_option_belongs_to_a_rule_or_to_a_part_of_one() =>
        Assert.All(options, type => Assert.Contains(type.Assembly.GetExportedTypes(), owner => owner.GetProperties().Any(member => Is(member.PropertyType, type))));

    [Theory, MemberData(nameof(Values))]
    public void A_rule_with_this_option_survives_its_own_JSON_or_is_refused_with_a_reason(Enum value)
    {
        var made = Gallery.Rules.SelectMany(rule => With(rule, value)).ToList();
        Assert.All(made, rule => Assert.Equal(rule, RuleJson.Read(RuleJson.Write(rule))));
        bool isOfAPart = !Gallery.Rules.Any(rule => Constructor(rule).GetParameters().Any(parameter => Is(parameter.ParameterType, value.GetType())));
        Assert.True(made.Count > 0 || isOfAPart, $"no rule takes {value.GetType().Name}.{value}");
    }

    /// <summary>This rule, made once more for each of its options of this type, with this value; nothing where its constructor refuses it.</summary>
    static IEnumerable<Rule> With(Rule rule, Enum value)
    {
        var constructor = Constructor(rule);
        var parameters = constructor.GetParameters();
        for (int i = 0; i < parameters.Length; i++)
        {
            if (!Is(parameters[i].ParameterType, value.GetType()))
                continue;
            object?[] arguments = [.. parameters.Select(parameter => rule.GetType().GetProperty(parameter.Name!)!.GetValue(rule))];
            arguments[i] = value;
            Rule made;
            try
            {
                made = (Rule)constructor.Invoke(arguments);
            }
            catch (TargetInvocationException refused) when (refused.InnerException is ArgumentException reason)
            {
                Assert.NotEmpty(reason.Message);
                continue;
            }
            yield return made;
        }
    }

    static ConstructorInfo Constructor(Rule rule) => rule.GetType().GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!;

    static bool Is(Type type, Type option) => (Nullable.GetUnderlyingType(type) ?? type) == option;
}
