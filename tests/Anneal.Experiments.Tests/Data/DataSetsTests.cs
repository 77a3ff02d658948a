using System.Security.Cryptography;

namespace Anneal.Experiments.Tests;

public class DataSetsTests
{
    /// <summary>The rows of the table in data/README.md: file, rows and checksum stand in its columns 1, 4 and 6.</summary>
    public static TheoryData<string, int, string> Listed
    {
        get
        {
            var listed = new TheoryData<string, int, string>();
            foreach (string[] cells in File.ReadLines(Path.Combine(DataSets.Folder, "README.md")).Select(line => line.Split('|', StringSplitOptions.TrimEntries)))
                if (cells.Length == 8 && cells[1].EndsWith(".csv`"))
                    listed.Add(cells[1].Trim('`'), int.Parse(cells[4]), cells[6].Trim('`'));
            return listed;
        }
    }

    [Theory, MemberData(nameof(Listed))]
    public void Checksum_and_rows_are_those_of_the_list(string file, int rows, string checksum)
    {
        string path = Path.Combine(DataSets.Folder, file);
        Assert.Equal(checksum, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
        Assert.Equal(rows, Table.Read(path).Rows);
    }

    [Fact]
    public void Every_file_is_listed_and_all_together_are_small()
    {
        var files = Directory.GetFiles(DataSets.Folder).Select(Path.GetFileName).Where(name => name != "README.md").ToList();
        Assert.Equal(files.Order(), Listed.Select(row => row.Data.Item1).Order());
        Assert.True(Directory.GetFiles(DataSets.Folder).Sum(file => new FileInfo(file).Length) < 500_000);
    }

    [Fact]
    public void Digits_are_images_of_ten_classes()
    {
        var digits = DataSets.Digits();
        Assert.Equal((1797, 64, 10), (digits.Count, digits.Inputs, digits.Classes));
        Assert.All(digits.Rows().SelectMany(x => x), pixel => Assert.InRange(pixel, 0, 16));
        // numpy.bincount of the labels as scikit-learn loads them.
        Assert.Equal([178, 182, 177, 183, 181, 182, 181, 179, 174, 180], digits.Labels().CountBy(y => y).OrderBy(c => c.Key).Select(c => c.Value));
    }

    [Fact]
    public void Missing_values_are_where_the_list_says_and_their_rows_are_left_out()
    {
        Table cars = DataSets.Table("cars"), penguins = DataSets.Table("penguins");
        Assert.Equal([("mpg", 8), ("horsepower", 6)], Missing(cars));
        Assert.Equal(14, cars.Complete("mpg", "horsepower").LeftOut);
        Assert.Equal((392, 5), (DataSets.Cars().Count, DataSets.Cars().Inputs));
        Assert.Equal([("beak_length", 2), ("beak_depth", 2), ("flipper_length", 2), ("body_mass", 2), ("sex", 11)], Missing(penguins));
        Assert.Equal((342, 4), (DataSets.Penguins().Count, DataSets.Penguins().Inputs));
        Assert.Equal(["Adelie", "Chinstrap", "Gentoo"], DataSets.Penguins().ClassNames);
        Assert.All(new[] { "diabetes", "digits", "longley" }, name => Assert.Empty(Missing(DataSets.Table(name))));

        static IEnumerable<(string, int)> Missing(Table table) => table.Columns.Select(c => (c, table.Missing(c))).Where(m => m.Item2 > 0);
    }

    [Fact]
    public void A_data_set_can_be_asked_for_by_name()
    {
        Assert.All(DataSets.Names, name => Assert.Equal(name, DataSets.Named(name).Name));
        Assert.StartsWith("There is no data set 'mnist'; there are ", Assert.Throws<DataException>(() => DataSets.Named("mnist")).Message);
    }
}
