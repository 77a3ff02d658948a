using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Anneal.Mutation;

/// <summary>A fact, or one row of a theory, run without a test runner.</summary>
/// <param name="Method">The test method.</param>
/// <param name="Row">Which row of its data, counted over all its attributes; 0 for a fact.</param>
sealed record TestCase(MethodInfo Method, int Row)
{
    public string Name => $"{Method.DeclaringType!.FullName}.{Method.Name} [{Row}]";

    /// <summary>All test cases of an assembly.</summary>
    public static IEnumerable<TestCase> All(Assembly tests) =>
        from type in tests.GetTypes()
        where type is { IsClass: true, IsAbstract: false } && !type.IsGenericTypeDefinition
        from method in type.GetMethods()
        where method.GetCustomAttribute<FactAttribute>() is { Skip: null }
        from row in Enumerable.Range(0, method.GetCustomAttribute<TheoryAttribute>() is null ? 1 : Rows(method).Count())
        select new TestCase(method, row);

    /// <summary>Runs it; what it throws tells that it fails.</summary>
    public void Run()
    {
        // A mistake may leave fewer rows than there were; a row that is not there does not fail.
        if ((Method.GetCustomAttribute<TheoryAttribute>() is null ? [] : Rows(Method).ElementAtOrDefault(Row)) is not { } data)
            return;
        object?[] arguments = TypeHelper.ConvertArguments(Method.ResolveMethodArguments(data), [.. Method.GetParameters().Select(parameter => parameter.ParameterType)]);
        object? instance = Method.IsStatic ? null : Activator.CreateInstance(Method.DeclaringType!,
            [.. Method.DeclaringType!.GetConstructors()[0].GetParameters().Select(_ => new Unheard())]);
        try
        {
            Wait(Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null));
        }
        finally
        {
            (instance as IDisposable)?.Dispose();
        }
    }

    static IEnumerable<object?[]> Rows(MethodInfo method) =>
        from attribute in method.GetCustomAttributes().OfType<IDataAttribute>().Select(attribute => Of(method, attribute))
        from row in attribute.GetData(method, new DisposalTracker()).AsTask().Result
        select row.GetData();

    static IDataAttribute Of(MethodInfo method, IDataAttribute attribute)
    {
        if (attribute is MemberDataAttributeBase member)
            member.MemberType ??= method.DeclaringType;
        return attribute;
    }

    static void Wait(object? result)
    {
        if (result is ValueTask value)
            result = value.AsTask();
        (result as Task)?.GetAwaiter().GetResult();
    }

    /// <summary>For the output of tests, which nobody reads here.</summary>
    sealed class Unheard : ITestOutputHelper
    {
        public string Output => "";

        public void Write(string message)
        {
        }

        public void Write(string format, params object[] args)
        {
        }

        public void WriteLine(string message)
        {
        }

        public void WriteLine(string format, params object[] args)
        {
        }
    }
}
