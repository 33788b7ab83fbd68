using System.Globalization;
using System.Text;
using Microsoft.Data.Analysis;

namespace Tests.Contracts;

/// <summary>The data frame as the workbench uses it; the same in either mode.</summary>
public sealed class DataFrameTests
{
    private static DataFrame Frame() => new(
        new StringDataFrameColumn("title", ["Heat", "M, or \"M\"", null]),
        new PrimitiveDataFrameColumn<float>("score", new float?[] { 0.5f, null, -1f }),
        new PrimitiveDataFrameColumn<long>("count", [1L, 2L, 3L]));

    private static string Csv(DataFrame frame, char separator = ',', bool header = true)
    {
        using var stream = new MemoryStream();
        DataFrame.SaveCsv(frame, stream, separator, header, new UTF8Encoding(false), CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetString(stream.ToArray()).ReplaceLineEndings("\n");
    }

    [Fact]
    public void Columns_and_rows_are_reached_by_name_and_number()
    {
        DataFrame frame = Frame();
        Assert.Equal(3, frame.Rows.Count);
        Assert.Equal(["title", "score", "count"], frame.Columns.Select(column => column.Name));
        Assert.Equal("Heat", frame[0, 0]);
        Assert.Equal(-1f, frame["score"][2]);
        Assert.Equal(3L, frame.Rows[2]["count"]);
        Assert.Equal([null, -1f, 3L], frame.Rows[2]);
        Assert.Equal(1, frame.Columns["score"].NullCount);
        Assert.Equal(typeof(float), frame.Columns["score"].DataType);
        Assert.Equal(1, frame.Columns.IndexOf("score"));
        Assert.Equal(-1, frame.Columns.IndexOf("Score"));
        Assert.Throws<ArgumentException>(() => frame.Columns["Score"]);
    }

    [Fact]
    public void Values_are_set_in_their_column_s_type()
    {
        DataFrame frame = Frame();
        frame[1, 1] = 2f;
        Assert.Equal(0, frame["score"].NullCount);
        Assert.Throws<ArgumentException>(() => frame[1, 1] = 2.0);
        Assert.Throws<ArgumentException>(() => frame["title"][0] = 1f);
    }

    [Fact]
    public void Columns_have_one_length_and_different_names()
    {
        DataFrame frame = Frame();
        Assert.Throws<ArgumentException>(() => frame.Columns.Add(new PrimitiveDataFrameColumn<int>("short", [1])));
        Assert.Throws<ArgumentException>(() => frame.Columns.Add(new PrimitiveDataFrameColumn<int>("count", [1, 2, 3])));
        frame.Columns.Add(DataFrameColumn.Create("rank", new[] { 1, 2, 3 }));
        Assert.Equal(4, frame.Columns.Count);
    }

    [Fact]
    public void Csv_quotes_what_needs_it_and_leaves_null_empty()
    {
        Assert.Equal("title,score,count\nHeat,0.5,1\n\"M, or \"\"M\"\"\",,2\n,-1,3\n", Csv(Frame()));
        Assert.Equal("Heat;0.5;1", Csv(Frame(), separator: ';', header: false).Split('\n')[0]);
    }

    [Fact]
    public void The_decimal_separator_cannot_separate_values() =>
        Assert.Throws<ArgumentException>(() => DataFrame.SaveCsv(Frame(), Stream.Null, cultureInfo: CultureInfo.GetCultureInfo("de-DE")));

    [Fact]
    public void A_saved_file_reads_back_with_guessed_or_given_types()
    {
        string path = Path.Combine(AppContext.BaseDirectory, $"{nameof(DataFrameTests)}.{Environment.ProcessId}.csv");
        try
        {
            DataFrame.SaveCsv(Frame(), path, encoding: Encoding.UTF8, cultureInfo: CultureInfo.InvariantCulture);
            DataFrame guessed = DataFrame.LoadCsv(path, cultureInfo: CultureInfo.InvariantCulture);
            Assert.Equal([typeof(string), typeof(float), typeof(float)], guessed.Columns.Select(column => column.DataType));
            Assert.Equal("M, or \"M\"", guessed[1, 0]);
            Assert.Null(guessed[1, 1]);

            DataFrame given = DataFrame.LoadCsv(
                path, dataTypes: [typeof(string), typeof(double), typeof(long)], cultureInfo: CultureInfo.InvariantCulture, addIndexColumn: true);
            Assert.Equal([2L, "", -1.0, 3L], given.Rows[2]);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
