using System.Runtime.ExceptionServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Anneal.ML;

/// <summary>Reads labels and features of a data view into memory, with a cursor per core where there are many rows.</summary>
/// <remarks>
/// In a view that computes its rows, the cursor is most of a run's time. ML.NET numbers the batches of a set of cursors: a number is one cursor's alone,
/// and in the order of the numbers the rows are those of a single cursor (<see cref="DataViewRow.Batch"/>).
/// </remarks>
sealed class RowReader
{
    /// <summary>From how many rows on a second thread is worth its start.</summary>
    const int Many = 4_096;

    /// <summary>Rows that are given room together.</summary>
    const int Chunk = 1_024;

    readonly DataViewRowCursor cursor;
    readonly ValueGetter<VBuffer<float>> readFeatures;
    readonly Func<float> readLabel;
    readonly int width, stride, room;
    readonly List<Piece> pieces = [];
    Exception? failure;

    RowReader(DataViewRowCursor cursor, DataViewSchema.Column label, DataViewSchema.Column features, LabelKind kind, int width, int stride, int room)
    {
        (this.cursor, this.width, this.stride, this.room) = (cursor, width, stride, room);
        (readFeatures, readLabel) = (cursor.GetGetter<VBuffer<float>>(features), Labels(cursor, label, kind));
    }

    /// <summary>The rows in their order: each has its <paramref name="width"/> features, a 1, and zeros up to <paramref name="stride"/>.</summary>
    /// <returns>The rows, their labels, and how many there are; the arrays may be longer.</returns>
    public static (float[] X, float[] Y, int Count) Read(IDataView data, DataViewSchema.Column label, DataViewSchema.Column features, LabelKind kind, int width, int stride)
    {
        long? known = data.GetRowCount();
        DataViewRowCursor[] cursors = known >= Many && Environment.ProcessorCount > 1
            ? data.GetRowCursorSet([label, features], Environment.ProcessorCount)
            : [data.GetRowCursor([label, features])];
        try
        {
            // One cursor that knows how many rows it has needs no joining.
            int room = (int)Math.Clamp(cursors.Length == 1 ? known ?? Chunk : Chunk, 1, Array.MaxLength / stride);
            RowReader[] readers = [.. cursors.Select(cursor => new RowReader(cursor, label, features, kind, width, stride, room))];
            // Threads of their own, since the cursors of a set may wait for one another.
            Thread[] others = [.. readers.Skip(1).Select(reader => new Thread(reader.Read) { IsBackground = true })];
            foreach (var thread in others)
                thread.Start();
            readers[0].Read();
            foreach (var thread in others)
                thread.Join();
            if (readers.Select(reader => reader.failure).FirstOrDefault(e => e is not null) is { } failure)
                ExceptionDispatchInfo.Throw(failure);
            return Joined([.. readers.SelectMany(reader => reader.pieces).OrderBy(piece => piece.Batch)], stride);
        }
        finally
        {
            foreach (var cursor in cursors)
                cursor.Dispose();
        }
    }

    static (float[] X, float[] Y, int Count) Joined(Piece[] pieces, int stride)
    {
        if (pieces is [var only])
            return (only.X, only.Y, only.Count);
        int count = pieces.Sum(piece => piece.Count), to = 0;
        float[] x = GC.AllocateUninitializedArray<float>(count * stride), y = new float[count];
        foreach (var piece in pieces)
        {
            piece.X.AsSpan(piece.Start * stride, piece.Count * stride).CopyTo(x.AsSpan(to * stride));
            piece.Y.AsSpan(piece.Start, piece.Count).CopyTo(y.AsSpan(to));
            to += piece.Count;
        }
        return (x, y, count);
    }

    void Read()
    {
        try
        {
            var values = default(VBuffer<float>);
            float[] x = [], y = [];
            int next = 0;
            Piece? piece = null;
            while (cursor.MoveNext())
            {
                if (next == y.Length)
                    (x, y, next, piece) = (GC.AllocateUninitializedArray<float>(room * stride), new float[room], 0, null);
                if (piece is null || piece.Batch != cursor.Batch)
                    pieces.Add(piece = new(cursor.Batch, x, y, next));
                readFeatures(ref values);
                var row = x.AsSpan(next * stride, stride);
                values.CopyTo(row[..width]);
                row[width] = 1;
                row[(width + 1)..].Clear();
                y[next++] = readLabel();
                piece.Count++;
            }
        }
        catch (Exception e)
        {
            failure = e;
        }
    }

    static Func<float> Labels(DataViewRowCursor cursor, DataViewSchema.Column label, LabelKind kind)
    {
        switch (kind)
        {
            case LabelKind.Side:
                var readSide = cursor.GetGetter<bool>(label);
                bool side = false;
                return () =>
                {
                    readSide(ref side);
                    return side ? 1 : 0;
                };
            case LabelKind.Key:
                var readKey = cursor.GetGetter<uint>(label);
                uint key = 0;
                return () =>
                {
                    readKey(ref key);
                    // A key counts from 1; 0 stands for a missing value.
                    return key == 0 ? float.NaN : key - 1;
                };
            default:
                var readNumber = cursor.GetGetter<float>(label);
                float number = 0;
                return () =>
                {
                    readNumber(ref number);
                    return number;
                };
        }
    }

    /// <summary>Rows of one batch that lie together.</summary>
    sealed record Piece(long Batch, float[] X, float[] Y, int Start)
    {
        public int Count { get; set; }
    }
}
