using System.IO.Compression;
using System.Text;
using Data.Importers;
using Trainers;

namespace Tests.Data.Importers;

/// <summary>A folder of rating files in the formats of MovieLens, with invented content, deleted afterwards.</summary>
internal sealed class RatingFolder : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("workbench-ratings-").FullName;

    public RatingFolder(string name = "ml-test")
    {
        Path = System.IO.Path.Combine(root, name);
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>Three movies and five ratings of two users.</summary>
    public static RatingFolder Csv()
    {
        var folder = new RatingFolder();
        folder.Write("movies.csv", "movieId,title,genres\n10,\"Lantern, The (1991)\",Drama|War\n20,Zoë & I (2004),(no genres listed)\n30,\"Say \"\"Yes\"\" (1999)\",Comedy\n");
        folder.Write("links.csv", "movieId,imdbId,tmdbId\n10,0100123,5\n20,12345678,\n30,,\n");
        folder.Write("ratings.csv", "userId,movieId,rating,timestamp\n7,20,4.5,1000\n7,10,0.5,900\n3,10,5.0,800\n3,30,3,-1\n3,20,2.0,700\n");
        return folder;
    }

    public static RatingFolder Dat(bool latin1 = true)
    {
        var folder = new RatingFolder();
        folder.Write("movies.dat", "10::Lantern, The (1991)::Drama|War\n20::Zoë & I (2004)::Comedy\n", latin1 ? Encoding.Latin1 : Encoding.UTF8);
        folder.Write("ratings.dat", "7::20::4::1000\n7::10::1::900\n3::10::5::-1\n");
        return folder;
    }

    public static RatingFolder Tabs()
    {
        var folder = new RatingFolder("ml-100k");
        folder.Write("u.item", "1|Zoë & I (1994)|01-Jan-1994||http://example.invalid/|0|1|0|0|0|1|0|0|0|0|0|0|0|0|0|0|0|0|0\n2|unknown||||1|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0|0\n", Encoding.Latin1);
        folder.Write("u.data", "9\t1\t3\t881250949\n8\t2\t5\t881250950\n9\t2\t1\t881250951\n");
        return folder;
    }

    public void Write(string name, string text, Encoding? encoding = null) => Write(name, (encoding ?? new UTF8Encoding(false)).GetBytes(text));

    public void Write(string name, byte[] content) => File.WriteAllBytes(Full(name), content);

    public void Delete(string name) => File.Delete(Full(name));

    public void Append(string name, string line) => File.AppendAllText(Full(name), line);

    public string Full(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A zip of the folder beside it, as published: one folder inside.</summary>
    public string Zip()
    {
        string zip = Path + ".zip";
        ZipFile.CreateFromDirectory(Path, zip, CompressionLevel.Fastest, includeBaseDirectory: true);
        return zip;
    }

    public static RatingsSource Read(string path, RatingsImportOptions? options = null, IProgress<ImportProgress>? progress = null) =>
        RatingsImporter.Open(path, options, progress, TestContext.Current.CancellationToken);

    public RatingsSource Open(bool skip = false) => Read(Path, new RatingsImportOptions { SkipBadRows = skip });

    /// <summary>The one-line message of a refusal.</summary>
    public static UserErrorException Refusal(Action open)
    {
        var error = Assert.Throws<UserErrorException>(open);
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
