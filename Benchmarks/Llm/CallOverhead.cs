using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Data;
using Workbench.Llm;
using Workbench.Llm.Live;

namespace Benchmarks.Llm;

/// <summary><c>llm-overhead [--turns N] [--rounds N] [--out FILE]</c>: what the live stage costs beside the calls that it makes.</summary>
/// <remarks>
/// The server is another process, so that processor time is the caller's own. The same prompts are sent by a bare HttpClient, with as many
/// at once, its replies parsed and nothing kept: the difference is ours. Medians of rounds, the ways in turn.
/// </remarks>
internal static class CallOverhead
{
    private const int Concurrency = 16;

    private sealed record Pass(double Wall, double Cpu, int Most)
    {
        public string Cells(int turns) => string.Create(CultureInfo.InvariantCulture, $"{Wall:0.00} s | {turns / Wall:N0} | {Wall * 1e6 / turns:N0} | {Cpu * 1e6 / turns:N0} | {Most}");
    }

    internal static async Task RunAsync(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var arguments = new Arguments(args);
        int turns = int.Parse(arguments["--turns"] ?? "5000", CultureInfo.InvariantCulture);
        int rounds = int.Parse(arguments["--rounds"] ?? "3", CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# Calls of a language model: {ThisMachine.Processor()}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}. {turns:N0} turns, at most {Concurrency} calls at once, against a server in a process of its own on the same machine. Medians of {rounds} rounds.\n\n");
        text.Append("The stage makes the prompt, looks into the cache and claims, reserves the budget, sends through OpenAI's package with retries and timeouts armed, parses, and stores each reply in SQLite before the next; ");
        text.Append("the bare client sends the same prompts and parses the replies. Per call, wall time is the pass over its calls; the server's own work is in it.\n\n");
        text.Append("| server answers after | way | pass | calls/s | wall per call, us | processor per call, us | most under way |\n|---|---|---|---|---|---|---|\n");
        foreach (int delay in (int[])[0, 20])
        {
            using var server = Server.Start(delay);
            var (stage, bare, cached) = (new List<Pass>(), new List<Pass>(), new List<Pass>());
            for (int round = 0; round <= rounds; round++)
            {
                Turn[] asked = Turns(turns, $"{delay}-{round}");
                string cache = Path.Combine(Path.GetTempPath(), FormattableString.Invariant($"llm-overhead-{Environment.ProcessId}-{delay}-{round}.sqlite"));
                Pass[] passes =
                [
                    await MeasureAsync(server, () => Task.Run(() => Ask(server.Address, cache, asked))),
                    await MeasureAsync(server, () => SendAsync(server.Address, asked)),
                    await MeasureAsync(server, () => Task.Run(() => Ask(server.Address, cache, asked))),
                ];
                File.Delete(cache);
                if (round > 0) // The first is for the compiler.
                    (stage, bare, cached) = ([.. stage, passes[0]], [.. bare, passes[1]], [.. cached, passes[2]]);
                Console.Error.WriteLine($"{delay} ms, round {round} of {rounds}: {string.Join(" / ", passes.Select(pass => pass.Cells(turns)))}");
            }

            (Pass own, Pass plain, Pass kept) = (MedianOf(stage), MedianOf(bare), MedianOf(cached));
            text.Append(CultureInfo.InvariantCulture, $"| {delay} ms | the stage | {own.Cells(turns)} |\n| | a bare client | {plain.Cells(turns)} |\n");
            text.Append(CultureInfo.InvariantCulture, $"| | the stage's own overhead | | | {(own.Wall - plain.Wall) * 1e6 / turns:N0} | {(own.Cpu - plain.Cpu) * 1e6 / turns:N0} | |\n");
            text.Append(CultureInfo.InvariantCulture, $"| | the stage again, all from the cache | {kept.Cells(turns)} |\n");
        }

        Console.Write(text);
        if (arguments["--out"] is { } file)
            await File.WriteAllTextAsync(file, text.ToString());
    }

    private static Turn[] Turns(int count, string name) => [.. Enumerable.Range(0, count).Select(i => new Turn(
        FormattableString.Invariant($"{i}"), FormattableString.Invariant($"{i}"), Split.Test, null, null,
        [
            new Utterance(Role.Seeker, $"Hello! I would like to see a film tonight, something like number {i} of the list {name}.", []),
            new Utterance(Role.Recommender, "Gladly. Do you prefer something new, or would an old one do as well?", []),
            new Utterance(Role.Seeker, "An old one is fine, as long as it is not too sad. We are five, and two of us do not like violence.", []),
        ],
        [], [], []))];

    private static LlmOptions Options(string address, string cache) =>
        new() { Replies = ReplySource.Live, BaseUrl = $"{address}/v1", KeyVariable = null, Cache = cache, Concurrency = Concurrency };

    private static void Ask(string address, string cache, Turn[] turns)
    {
        int replies = new LiveModel("stand-in", Options(address, cache)).Ask(turns, [], _ => { }, CancellationToken.None).Replies.Count;
        if (replies != turns.Length)
            throw new InvalidOperationException($"{replies} replies to {turns.Length} turns");
    }

    private static async Task SendAsync(string address, Turn[] turns)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Concurrency });
        byte[][] bodies = LiveModel.Bodies("stand-in", Options(address, ""), turns);
        await Parallel.ForEachAsync(bodies, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (body, cancellation) =>
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using HttpResponseMessage response = await http.PostAsync(new Uri($"{address}/v1/chat/completions"), content, cancellation);
            using JsonDocument reply = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            if (reply.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!.Length == 0)
                throw new InvalidOperationException("an empty reply");
        });
    }

    private static async Task<Pass> MeasureAsync(Server server, Func<Task> work)
    {
        await server.MostAsync();
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        await work();
        double wall = clock.Elapsed.TotalSeconds;
        process.Refresh();
        return new Pass(wall, (process.TotalProcessorTime - before).TotalSeconds, await server.MostAsync());
    }

    private static Pass MedianOf(List<Pass> passes) => new(Median.Of(passes.Select(pass => pass.Wall)), Median.Of(passes.Select(pass => pass.Cpu)), passes.Max(pass => pass.Most));

    /// <summary>The other process.</summary>
    private sealed class Server : IDisposable
    {
        private readonly Process _process;
        private readonly HttpClient _http = new();

        private Server(Process process) => (_process, Address) = (process, process.StandardOutput.ReadLine()!);

        public string Address { get; }

        public static Server Start(int delay) => new(Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, [.. Environment.GetCommandLineArgs() is [var own, ..] && Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [own] : Array.Empty<string>(), "llm-server", delay.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);

        public async Task<int> MostAsync() => int.Parse(await _http.GetStringAsync(new Uri($"{Address}/most")), CultureInfo.InvariantCulture);

        public void Dispose()
        {
            _process.StandardInput.Close();
            _process.WaitForExit();
            _process.Dispose();
            _http.Dispose();
        }
    }
}
