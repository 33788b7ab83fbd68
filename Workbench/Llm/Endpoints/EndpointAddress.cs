using Trainers;
using Trainers.Options;

namespace Workbench.Llm.Endpoints;

/// <summary>Where an endpoint is, and which variable holds its key, as options give them.</summary>
internal static class EndpointAddress
{
    private static readonly string[] Services = ["/chat/completions", "/embeddings"];

    /// <summary>Only the environment knows secrets: an address with a name and password or a query is refused, and not repeated.</summary>
    /// <exception cref="UserErrorException">It is no address of an endpoint.</exception>
    public static void Require(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            throw new UserErrorException("`base_url` must be an address such as https://api.openai.com/v1 or http://localhost:8000/v1");
        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw new UserErrorException("`base_url` must be an address without a name, password or query: keys come from the environment only");
        if (Array.Find(Services, service => uri.AbsolutePath.TrimEnd('/').EndsWith(service, StringComparison.Ordinal)) is { } service)
            throw new UserErrorException($"`base_url` is the address up to what comes before {service}");
    }

    /// <exception cref="UserErrorException">It cannot be the name of a variable: perhaps it is the key itself, so it is not repeated.</exception>
    public static void RequireVariable(string? variable)
    {
        if (variable is not null && !(variable.Length > 0 && variable.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')))
            throw new UserErrorException("`key_variable` is the name of an environment variable: letters, digits and `_`; the key itself stands in no file");
    }

    /// <summary>Null for <c>none</c>: a shell makes something else of <c>~</c>.</summary>
    public static string? Variable(string? named) => named == OptionText.Of(null) ? null : named;

    /// <summary>The same text for the same address: it is a part of the cache's keys.</summary>
    public static string Normal(string address) => new Uri(address).AbsoluteUri.TrimEnd('/');
}
