using System.Reflection;

namespace Anneal.Tests;

public class RuleOptionsTests
{
    static readonly Type[] options = [.. typeof(CoefficientSet).Assembly.GetExportedTypes().Where(type => type.IsEnum && type.Namespace == "Anneal.RuleOptions")];

    /// <summary>Every option with every value it can have.</summary>
    public static TheoryData<Enum> Values => [.. options.SelectMany(type => Enum.GetValues(type).Cast<Enum>())];

    [Fact]
    public void Every_option_belongs_to_a_rule_of_the_gallery_or_a_part_of_one() =>
        Assert.All(options, type => Assert.NotEmpty(Members(type)));

    [Theory, MemberData(nameof(Values))]
    public void A_rule_with_this_option_survives_its_own_JSON_or_says_why_it_cannot_be(Enum value)
    {
        int kept = 0;
        foreach (var (rule, member) in Members(value.GetType()).Where(found => found.Rule is not null))
        {
            var changed = (Rule)rule!.GetType().GetMethod("<Clone>$")!.Invoke(rule, null)!;
            try
            {
                member.SetValue(changed, value);
            }
            catch (TargetInvocationException refused) when (refused.InnerException is ArgumentException)
            {
                continue;
            }
            Rule read;
            try
            {
                read = RuleJson.Read(RuleJson.Write(changed));
            }
            catch (RuleFormatException refused)
            {
                Assert.NotEmpty(refused.Message);
                continue;
            }
            Assert.Equal(changed, read);
            kept++;
        }
        Assert.True(kept > 0 || Members(value.GetType()).All(found => found.Rule is null), $"no rule takes {value.GetType().Name}.{value}");
    }

    /// <summary>The gallery's rules that have this option, and the types of the library beside rules that have it.</summary>
    static IEnumerable<(Rule? Rule, PropertyInfo Member)> Members(Type option)
    {
        foreach (var rule in Gallery.Rules)
            foreach (var member in rule.GetType().GetProperties().Where(member => Is(member, option) && member.CanWrite))
                yield return (rule, member);
        foreach (var member in option.Assembly.GetExportedTypes().Where(type => !typeof(Rule).IsAssignableFrom(type)).SelectMany(type => type.GetProperties()).Where(member => Is(member, option)))
            yield return (null, member);
    }

    static bool Is(PropertyInfo member, Type option) => (Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType) == option;
}
