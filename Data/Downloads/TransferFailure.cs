using System.Globalization;
using System.Net;
using Trainers;

namespace Data.Downloads;

/// <summary>Why an attempt failed, where another one may succeed.</summary>
/// <param name="What">happened</param>
/// <param name="Kind">what that says about the server</param>
/// <param name="After">how long the server asks to wait; null if it does not</param>
internal sealed record TransferFailure(string What, FailureKind Kind = FailureKind.Broken, TimeSpan? After = null)
{
    /// <summary>What an answer without content means.</summary>
    /// <param name="response">neither 200 nor 206</param>
    /// <param name="file">for the advice</param>
    /// <param name="now">for dates</param>
    /// <exception cref="UserErrorException">Another attempt would be answered alike.</exception>
    public static TransferFailure Of(HttpResponseMessage response, FileAdvice file, DateTimeOffset now)
    {
        int status = (int)response.StatusCode;
        switch (response.StatusCode)
        {
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                throw file.Error($"answers {status}, the file is not there: look for its new address at the publisher's and give it by --sources FILE");
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired or HttpStatusCode.UnavailableForLegalReasons:
                throw file.Error($"answers {status}, access is refused: {file.ByHand}, or name a mirror by --sources FILE");
            case HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests:
            case >= HttpStatusCode.InternalServerError:
                TimeSpan? after = response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - now : null;
                return new TransferFailure(string.Create(CultureInfo.InvariantCulture, $"the server answers {status}"), FailureKind.Broken, after < TimeSpan.Zero ? TimeSpan.Zero : after);
            case >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest:
                string place = response.Headers.Location?.ToString() ?? "nowhere";
                throw file.Error($"answers {status} and leads on to {place}: too many such steps, or one that gives up encryption; give the final address by --sources FILE");
            default:
                throw file.Error($"answers {status}, which is not expected: {file.ByHand}, or name a mirror by --sources FILE");
        }
    }

    /// <summary>What an exception of the network's means.</summary>
    public static TransferFailure Of(HttpRequestException error, Uri url)
    {
        string cause = error.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.');
        return error.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => new TransferFailure($"there is no network, or no {url.Host} in it ({cause})", FailureKind.Unreachable),
            HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => new TransferFailure($"no connection to {url.Authority} ({cause})", FailureKind.Unreachable),
            HttpRequestError.SecureConnectionError => new TransferFailure($"no secure connection to {url.Host} ({cause})", FailureKind.Unreachable),
            _ => new TransferFailure($"the connection broke ({cause})"),
        };
    }
}

/// <summary>What a failure says about the server.</summary>
internal enum FailureKind
{
    /// <summary>It is there, and something went wrong.</summary>
    Broken,

    /// <summary>Nobody answered.</summary>
    Unreachable,
}

/// <summary>How a person gets a file that the program does not get.</summary>
/// <param name="Url">where it is</param>
/// <param name="Target">where it belongs</param>
/// <param name="Beside">the publisher's checksum and where that belongs; null if it is not needed</param>
internal sealed record FileAdvice(Uri Url, string Target, (Uri Url, string Target)? Beside)
{
    public string ByHand => Beside is { } beside
        ? $"fetch it by other means, put it there as {Target}, and {beside.Url} as {beside.Target}"
        : $"fetch it by other means, and put it there as {Target}";

    public UserErrorException Error(string what) => new(what, Url.AbsoluteUri);
}
