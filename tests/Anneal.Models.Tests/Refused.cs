namespace Anneal.Models.Tests;

/// <summary>Bad data is refused in exactly these words.</summary>
static class Refused
{
    public static void With(string message, Action action) => Assert.Equal(message, Assert.Throws<DataException>(action).Message);
}
