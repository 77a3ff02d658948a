namespace Anneal.Experiments.Tests;

public class TableTests
{
    const string Text = "x,y,kind\n1,2,a\n3,,b\n5,6,a\n";

    static Table Small(string text = Text) => Table.Parse("data/small.csv", text);

    [Fact]
    public void Missing_values_stay_until_they_are_left_out_openly()
    {
        var table = Small();
        Assert.Equal((3, 1, 0), (table.Rows, table.Missing("y"), table.LeftOut));
        Refused("data/small.csv, line 3, column 'y': the value is missing; Complete() leaves such rows out.", () => table.Numbers("y"));
        var complete = table.Complete("y");
        Assert.Equal((2, 1), (complete.Rows, complete.LeftOut));
        Assert.Equal([2, 6], complete.Numbers("y"));
        Assert.Equal(3, table.Complete("x").Rows);
    }

    [Fact]
    public void Samples_come_with_names_and_classes_in_the_order_of_the_alphabet()
    {
        var samples = Small().Classes("kind", "x");
        Assert.Equal(["a", "b"], samples.ClassNames);
        Assert.Equal([0, 1, 0], samples.Labels());
        Assert.Equal(["x"], samples.FeatureNames);
        Assert.Equal("small (3 × 1)", samples.ToString());
    }

    [Fact]
    public void Bad_data_is_refused_with_place_and_reason()
    {
        Refused("no-such-file.csv: there is no such file.", () => Table.Read("no-such-file.csv"));
        Refused("data/small.csv: there is no column 'z'; there are x, y, kind.", () => Small().Numbers("z"));
        Refused("data/small.csv, line 2, column 'kind': 'a' is no number.", () => Small().Numbers("kind"));
        Refused("data/small.csv, line 3, column 'x': NaN is not finite.", () => Small("x\n1\nNaN\n").Numbers("x"));
        Refused("data/small.csv, line 3: there are 1 fields for 2 columns.", () => Small("x,y\n1,2\n3\n"));
        Refused("data/small.csv, line 1: the column 'x' stands there twice.", () => Small("x,x\n1,2\n"));
        Refused("data/small.csv: there are no rows below the header.", () => Small("x,y\n"));
        Refused("data/small.csv, column 'y': all 2 labels are the same (7); there is nothing to learn from them.", () => Small("x,y\n1,7\n2,7\n").Samples("y", "x"));
        Refused("data/small.csv, column 'kind': all 2 labels are the same (a); there is nothing to learn from them.", () => Small("x,kind\n1,a\n2,a\n").Classes("kind", "x"));
        // The line in the message is the file's, also after rows have been left out.
        Refused("data/small.csv, line 4, column 'x': 'b' is no number.", () => Small("x,y\n1,2\n3,\nb,6\n").Complete("y").Numbers("x"));
    }

    internal static void Refused(string message, Action action) => Assert.Equal(message, Assert.Throws<DataException>(action).Message);
}
