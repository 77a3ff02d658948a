using System.Diagnostics;
using System.Runtime.CompilerServices;

/// <summary>Compiled into the library together with the mistakes: tells each whether it is the one that is being made.</summary>
static class Planted
{
    /// <summary>The mistake that is made; 0 for none; below 0, none is made and the reached ones are noted.</summary>
    public static int Active;

    /// <summary>The mistakes that were reached while noting.</summary>
    public static bool[] Reached = [];

    /// <summary>When loops are ended, as a time stamp of <see cref="Stopwatch"/>.</summary>
    public static long Deadline = long.MaxValue;

    static int ticks;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(int number) => number == Active || Active < 0 && Note(number);

    /// <summary>Stands in every loop, so that one without end ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tick()
    {
        if ((++ticks & 255) == 0)
            Look();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static bool Note(int number)
    {
        Reached[number] = true;
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Look()
    {
        if (Stopwatch.GetTimestamp() > Deadline)
            throw new TimeoutException("A loop takes far longer than without the mistake.");
    }
}
