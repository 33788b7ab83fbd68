using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Trainers;

namespace Data.Downloads;

/// <summary>Gets files by HTTP, in as many attempts as it takes, each going on where the one before ended (RFC 9110, 14: Range with If-Range).</summary>
/// <param name="http">follows redirects and decompresses nothing</param>
/// <param name="settings">how patient it is</param>
/// <param name="clock">of the waits</param>
/// <param name="progress">told with every block</param>
/// <param name="say">told of failures that are not the end</param>
internal sealed class Transfer(HttpClient http, TransferSettings settings, TimeProvider clock, Action<DownloadProgress>? progress, Action<string>? say)
{
    private const int BufferBytes = 1 << 17;
    private const int MostText = 1 << 16;

    /// <summary>On return the part has as many bytes as the server said.</summary>
    /// <param name="file">what to get</param>
    /// <param name="part">gets it; what it has of the same content is not asked for again</param>
    /// <param name="advice">for errors</param>
    /// <param name="isChecked">a checksum will be compared</param>
    /// <param name="cancellation">what has come by then stays</param>
    /// <exception cref="UserErrorException">It cannot be had: the message says why, and what to do.</exception>
    public Task GetAsync(RemoteFile file, PartFile part, FileAdvice advice, bool isChecked, CancellationToken cancellation) =>
        PersistAsync(advice, part, () => AttemptAsync(file, part, advice, isChecked, cancellation), cancellation);

    /// <summary>A short text.</summary>
    /// <exception cref="UserErrorException">It cannot be had: the message says why, and what to do.</exception>
    public async Task<string> TextAsync(FileAdvice advice, CancellationToken cancellation)
    {
        string text = "";
        await PersistAsync(advice, null, async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, advice.Url);
            using HttpResponseMessage response = await SendAsync(request, cancellation);
            if (response.StatusCode != HttpStatusCode.OK)
                return TransferFailure.Of(response, advice, clock.GetUtcNow());
            using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
            byte[] bytes = new byte[MostText];
            int length = await ReadAsync(token => body.ReadAtLeastAsync(bytes, MostText, throwOnEndOfStream: false, token), cancellation);
            text = Encoding.UTF8.GetString(bytes, 0, length);
            return null;
        }, cancellation);
        return text;
    }

    private async Task PersistAsync(FileAdvice advice, PartFile? part, Func<Task<TransferFailure?>> attempt, CancellationToken cancellation)
    {
        for (int failures = 0; ;)
        {
            long before = part?.Length ?? 0;
            TransferFailure? failure;
            try
            {
                failure = await attempt();
            }
            catch (HttpRequestException error) when (!cancellation.IsCancellationRequested)
            {
                failure = TransferFailure.Of(error, advice.Url);
            }
            catch (TimeoutException error)
            {
                failure = new TransferFailure(error.Message);
            }

            if (failure is null)
                return;
            long after = part?.Length ?? 0;
            if (failure.Kind == FailureKind.Unreachable && after == before && failures == 0)
                throw advice.Error($"{failure.What}: {advice.ByHand}{Kept(after)}");
            failures = after - before >= settings.Worthwhile ? 1 : failures + 1;
            if (failures > settings.Retries)
                throw advice.Error($"{failure.What}, {failures} times in a row: try again later{Kept(after)}");
            TimeSpan wait = failure.After ?? settings.FirstWait * Math.Pow(2, failures - 1);
            if (failure.After > settings.LongestWait)
                throw advice.Error(string.Create(CultureInfo.InvariantCulture, $"{failure.What} and asks to wait {wait.TotalSeconds:N0} s: try again then{Kept(after)}"));
            wait = wait < settings.LongestWait ? wait : settings.LongestWait;
            say?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{advice.Url.AbsoluteUri}: {failure.What}; trying again in {wait.TotalSeconds:0.#} s"));
            await Task.Delay(wait, clock, cancellation);
        }
    }

    private async Task<TransferFailure?> AttemptAsync(RemoteFile file, PartFile part, FileAdvice advice, bool isChecked, CancellationToken cancellation)
    {
        long have = part.Usable(file.Url, isChecked);
        PartOrigin? origin = have > 0 ? part.Origin : null;
        if (origin is not null && have == origin.Length)
            return null;
        using var request = new HttpRequestMessage(HttpMethod.Get, file.Url);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
        if (origin is not null)
            (request.Headers.Range, request.Headers.IfRange) = (new RangeHeaderValue(have, null), origin.Condition);
        using HttpResponseMessage response = await SendAsync(request, cancellation);
        HttpContentHeaders headers = response.Content.Headers;
        if (headers.ContentEncoding.Any(encoding => encoding != "identity"))
            throw advice.Error($"the server sends it compressed ({string.Join(", ", headers.ContentEncoding)}), though asked not to: {advice.ByHand}, or name a mirror by --sources FILE");

        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                if (origin is not null)
                    say?.Invoke($"{file.Name}: the server has another file now, or knows no ranges: beginning anew");
                origin = PartOrigin.Of(file.Url, response, headers.ContentLength);
                part.Begin(origin);
                break;
            case HttpStatusCode.PartialContent when origin is not null:
                long? whole = headers.ContentRange is { Unit: "bytes", HasRange: true } range && range.From == have ? range.Length ?? origin.Length ?? have + headers.ContentLength : null;
                if (whole is null || !origin.Agrees(PartOrigin.Of(file.Url, response, whole)))
                    return Discard(part, "the server sends another part than it was asked for");
                if (origin.Length is null)
                    part.Note(origin = origin with { Length = whole });
                break;
            case HttpStatusCode.RequestedRangeNotSatisfiable when origin is not null && isChecked && headers.ContentRange?.Length == have:
                part.Note(origin with { Length = have }); // It said more in the beginning. The checksum will tell.
                return null;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                return Discard(part, $"the server answers {(int)response.StatusCode}, which does not fit what came before");
            default:
                return TransferFailure.Of(response, advice, clock.GetUtcNow());
        }

        if (origin.Length is { } length)
            part.RequireRoom(length - part.Length);
        return await CopyAsync(response, file, part, origin.Length, cancellation);
    }

    private async Task<TransferFailure?> CopyAsync(HttpResponseMessage response, RemoteFile file, PartFile part, long? total, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using FileStream output = part.Append();
            using Stream body = await response.Content.ReadAsStreamAsync(cancellation);
            progress?.Invoke(new DownloadProgress(file.Name, output.Length, total));
            for (int count; (count = await ReadAsync(token => body.ReadAsync(buffer, token), cancellation)) > 0;)
            {
                if (output.Length + count > total)
                    return Discard(part, Counted($"the server sends more than the {total:N0} bytes that it said"));
                Write(output, buffer.AsSpan(0, count));
                progress?.Invoke(new DownloadProgress(file.Name, output.Length, total));
            }

            return output.Length < total ? new TransferFailure(Counted($"the file ended after {output.Length:N0} of {total:N0} bytes")) : null;
        }
        catch (HttpRequestException) when (!cancellation.IsCancellationRequested)
        {
            return new TransferFailure(Counted($"the connection broke after {part.Length:N0} of {total?.ToString("N0", CultureInfo.InvariantCulture) ?? "?"} bytes"));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Write(FileStream output, ReadOnlySpan<byte> block)
    {
        try
        {
            output.Write(block);
        }
        catch (IOException error)
        {
            throw new UserErrorException($"cannot be written ({error.Message.TrimEnd('.')}): make room; what came is kept, and the same command goes on from there", output.Name, inner: error);
        }
    }

    private static TransferFailure Discard(PartFile part, string why)
    {
        part.Delete();
        return new TransferFailure(why);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) =>
        TimedAsync(async token => await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), cancellation);

    /// <summary>Failures of the network, told apart from those of the disk.</summary>
    private async Task<int> ReadAsync(Func<CancellationToken, ValueTask<int>> read, CancellationToken cancellation)
    {
        try
        {
            return await TimedAsync(read, cancellation);
        }
        catch (IOException error)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, error.Message, error);
        }
    }

    /// <exception cref="TimeoutException">The server fell silent.</exception>
    private async Task<T> TimedAsync<T>(Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(settings.Stall);
        try
        {
            return await work(patience.Token);
        }
        catch (OperationCanceledException error) when (error.InnerException is TimeoutException && !patience.IsCancellationRequested)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "it did not answer in time", error.InnerException);
        }
        catch (OperationCanceledException error) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"nothing came for {settings.Stall.TotalSeconds:0.#} s"), error);
        }
    }

    private static string Counted(FormattableString text) => FormattableString.Invariant(text);

    private static string Kept(long bytes) => bytes == 0 ? "" : Counted($"; the {bytes:N0} bytes that came are kept, and the same command goes on from there");
}
