namespace Anneal.Advice;

/// <summary>The longest falling subsequence, in n·log n comparisons.</summary>
/// <remarks>
/// Values are dealt to piles: the pile of a value is the length of the longest fall that ends with it. Within a pile values never fall, and the last values of the
/// piles fall from pile to pile, so both the pile and the value before are found by bisection. Of several as long it is the one that ends first, each value followed back
/// to the earliest it can come from. Fredman, <see href="https://doi.org/10.1016/0012-365X(75)90103-X">On computing the length of longest increasing subsequences</see> (1975).
/// </remarks>
static class LongestFall
{
    /// <summary>Where it begins and where it ends; of one value or more, none of them NaN.</summary>
    public static (int First, int Last) Of(double[] values)
    {
        var piles = new List<List<int>>();
        int[] before = new int[values.Length];
        int last = 0;
        for (int i = 0; i < values.Length; i++)
        {
            int pile = FirstOf(piles.Count, p => values[piles[p][^1]] <= values[i]);
            before[i] = pile == 0 ? -1 : piles[pile - 1][FirstOf(piles[pile - 1].Count, j => values[piles[pile - 1][j]] > values[i])];
            if (pile == piles.Count)
            {
                piles.Add([]);
                last = i;
            }
            piles[pile].Add(i);
        }
        int first = last;
        while (before[first] >= 0)
            first = before[first];
        return (first, last);
    }

    /// <summary>The first place of which it holds, where it holds of all behind; the count where it holds of none.</summary>
    static int FirstOf(int count, Func<int, bool> holds)
    {
        int low = 0, high = count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (holds(middle))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
}
