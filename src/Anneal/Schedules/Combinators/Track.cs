using System.Collections;

namespace Anneal.Combinators;

/// <summary>The parts of a <see cref="Sequence"/>, flat, with the step on which each ends.</summary>
/// <remarks>
/// Tracks that grow from one another share one buffer, of which each sees its own beginning, so that a million
/// appended parts are one array and not a million of them, nor a tree a million deep. What a track sees never changes.
/// </remarks>
sealed class Track : IReadOnlyList<Segment>, IEquatable<Track>
{
    sealed class Buffer(int capacity)
    {
        public readonly Segment[] Parts = new Segment[capacity];
        public readonly double[] Ends = new double[capacity];
        public int Used;
    }

    readonly Buffer buffer;

    Track(Buffer buffer, int count, int depth)
    {
        this.buffer = buffer;
        Count = count;
        Depth = depth;
    }

    public static Track Empty { get; } = new(new Buffer(0), 0, 0);

    public int Count { get; }

    /// <summary>The depth of the deepest part.</summary>
    public int Depth { get; }

    public Segment this[int index] => index < Count ? buffer.Parts[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>The step on which each part ends, counted from the start of the first.</summary>
    public ReadOnlySpan<double> Ends => buffer.Ends.AsSpan(0, Count);

    public double StartOf(int index) => index == 0 ? 0 : buffer.Ends[index - 1];

    /// <summary>This track and one more segment, or all parts of one that is itself a sequence.</summary>
    public Track Append(Segment next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return next is Sequence { Parts: Track parts }
            ? Append(parts.buffer.Parts.AsSpan(0, parts.Count), parts.Depth)
            : Append([next], Require.Shallow(next).Depth);
    }

    Track Append(ReadOnlySpan<Segment> more, int depth)
    {
        lock (buffer)
        {
            int count = Count + more.Length;
            var target = buffer;
            if (buffer.Used != Count || buffer.Parts.Length < count)
            {
                target = new Buffer(count + Count / 2);
                buffer.Parts.AsSpan(0, Count).CopyTo(target.Parts);
                Ends.CopyTo(target.Ends);
            }
            more.CopyTo(target.Parts.AsSpan(Count));
            for (int i = Count; i < count; i++)
                target.Ends[i] = (i == 0 ? 0 : target.Ends[i - 1]) + target.Parts[i].Steps;
            target.Used = count;
            return new Track(target, count, Math.Max(Depth, depth));
        }
    }

    public IEnumerator<Segment> GetEnumerator() => buffer.Parts.Take(Count).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(Track? other) => other is not null && buffer.Parts.AsSpan(0, Count).SequenceEqual(other.buffer.Parts.AsSpan(0, other.Count));

    public override bool Equals(object? obj) => Equals(obj as Track);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var part in this)
            hash.Add(part);
        return hash.ToHashCode();
    }
}
