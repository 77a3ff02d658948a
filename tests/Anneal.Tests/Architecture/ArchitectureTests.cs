namespace Anneal.Tests;

public class ArchitectureTests
{
    [Fact]
    public void The_library_stands_on_the_framework_and_Math_NET() => Assert.All(typeof(Schedule).Assembly
        .GetReferencedAssemblies(), a => Assert.True(a.Name is "MathNet.Numerics" || a.Name!.StartsWith("System."), a.Name));
}
