using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Llm;

/// <summary><c>llm-server DELAY</c>: stands in for a language model, in a process of its own: every chat gets the same list after so many milliseconds.</summary>
/// <remarks>Prints its address; ends when its standard input does. GET /most tells the most calls that were under way at once, and begins anew.</remarks>
internal static class StandInServer
{
    private static readonly byte[] Answer = Encoding.UTF8.GetBytes(
        "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"stand-in\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\""
        + string.Join("\\n", Enumerable.Range(1, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i}. A Film of Some Length ({1980 + i})")))
        + "\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":180,\"completion_tokens\":210,\"total_tokens\":390}}");

    internal static async Task RunAsync(string delay)
    {
        var wait = TimeSpan.FromMilliseconds(double.Parse(delay, CultureInfo.InvariantCulture));
        (int underWay, int most) = (0, 0);
        var turn = new Lock();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        await using WebApplication app = builder.Build();
        app.Run(async context =>
        {
            if (context.Request.Path == "/most")
            {
                int now;
                lock (turn)
                    (now, most) = (most, 0);
                await context.Response.WriteAsync(now.ToString(CultureInfo.InvariantCulture));
                return;
            }

            lock (turn)
                most = Math.Max(most, ++underWay);
            await context.Request.Body.CopyToAsync(Stream.Null);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            lock (turn)
                underWay--;
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Answer.Length;
            await context.Response.Body.WriteAsync(Answer);
        });
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadToEndAsync();
    }
}
