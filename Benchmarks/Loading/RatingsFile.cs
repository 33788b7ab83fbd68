using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Trainers.Sampling;

namespace Benchmarks.Loading;

/// <summary>
/// Makes a folder as MovieLens publishes them: <c>ratings.csv</c>, grouped by user and then by movie, so that no user's times ascend, and <c>movies.csv</c>.
/// </summary>
/// <remarks>Of about 160 ratings a user, log-normal, at least 20; movies by Zipf-Mandelbrot popularity, each once a user. The number of movies is fixed, so that only rows grow.</remarks>
internal sealed class RatingsFile(string folder, int rows, int movies, ulong seed)
{
    private const double Exponent = 0.95, Shift = 15;
    private const int LeastRatings = 20, MostRatings = 9_000;

    private readonly SplitMix64 _random = new(seed);
    private readonly bool[] _taken = new bool[movies];
    private readonly ArrayBufferWriter<byte> _text = new(1 << 22);

    /// <returns>how many users have ratings</returns>
    public int Write()
    {
        Directory.CreateDirectory(folder);
        using (var titles = new StreamWriter(Path.Combine(folder, "movies.csv"), append: false, new UTF8Encoding(false)))
        {
            titles.Write("movieId,title,genres\n");
            foreach (int movie in Enumerable.Range(0, movies).Select(NumberOf).Order())
                titles.Write(FormattableString.Invariant($"{movie},\"Film {movie}, The ({1920 + (movie % 104)})\",Drama|War\n"));
        }

        using FileStream file = File.Create(Path.Combine(folder, "ratings.csv"));
        _text.Write("userId,movieId,rating,timestamp\n"u8);
        int users = 0;
        for (int left = rows; left > 0;)
        {
            left -= User(++users, Math.Min(left, Length()));
            if (_text.WrittenCount > 1 << 21 || left == 0)
            {
                file.Write(_text.WrittenSpan);
                _text.ResetWrittenCount();
            }
        }

        return users;
    }

    /// <summary>Ranks of popularity to numbers of movies: a third of the numbers is in use.</summary>
    private int NumberOf(int rank) => 1 + (int)(rank * 104_729L % (3 * movies));

    private int Length() => (int)Math.Clamp(Math.Exp(4.42 + (1.15 * _random.NextGaussian())), LeastRatings, MostRatings);

    private int User(int user, int count)
    {
        int[] ranks = new int[count];
        for (int i = 0; i < count; i++)
        {
            int rank = Draw();
            while (_taken[rank])
                rank = _random.NextDouble() < 0.9 ? Draw() : (rank + 1) % movies;
            (_taken[rank], ranks[i]) = (true, rank);
        }

        long time = 820_454_400 + (long)(_random.NextDouble() * 830_000_000);
        long[] times = new long[count];
        for (int i = 0; i < count; i++)
            times[i] = time += _random.NextDouble() < 0.03 ? 86_400 + _random.NextInt(1_000_000) : 3 + _random.NextInt(57);
        int[] order = [.. Enumerable.Range(0, count).OrderBy(i => NumberOf(ranks[i]))];
        foreach (int i in order)
            Row(user, NumberOf(ranks[i]), 1 + _random.NextInt(10), times[i]);
        foreach (int rank in ranks)
            _taken[rank] = false;
        return count;
    }

    private int Draw()
    {
        double from = Math.Pow(Shift, 1 - Exponent), to = Math.Pow(movies + Shift, 1 - Exponent);
        return Math.Min(movies - 1, (int)(Math.Pow(from + (_random.NextDouble() * (to - from)), 1 / (1 - Exponent)) - Shift));
    }

    private void Row(int user, int movie, int halves, long time)
    {
        Span<byte> row = _text.GetSpan(64);
        int at = Number(row, 0, user, ',');
        at = Number(row, at, movie, ',');
        at = Number(row, at, halves / 2, '.');
        (row[at], row[at + 1]) = ((byte)(halves % 2 == 0 ? '0' : '5'), (byte)',');
        _text.Advance(Number(row, at + 2, time, '\n'));
    }

    private static int Number(Span<byte> row, int at, long value, char after)
    {
        Utf8Formatter.TryFormat(value, row[at..], out int digits);
        row[at + digits] = (byte)after;
        return at + digits + 1;
    }
}
