namespace Anneal.Mutation;

/// <summary>What the tests do while no mistake is made.</summary>
/// <param name="Initial">The mistakes reached while the static members of library and tests were given their values, which happens once in a process.</param>
/// <param name="Tests">The tests that pass.</param>
/// <param name="Failing">The tests that fail in the planted library, for instance because they look at its compiled code: they are left out.</param>
sealed record Coverage(int[] Initial, IReadOnlyList<TestCoverage> Tests, string[] Failing);

/// <param name="Name">The test case's name.</param>
/// <param name="Seconds">How long it takes.</param>
/// <param name="Reached">The numbers of the mistakes that it reaches.</param>
sealed record TestCoverage(string Name, double Seconds, int[] Reached);
