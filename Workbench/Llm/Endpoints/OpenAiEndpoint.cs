using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;

namespace Workbench.Llm.Endpoints;

/// <summary>A response as it came.</summary>
/// <param name="Status">of HTTP</param>
/// <param name="Body">whole</param>
/// <param name="Header">by name; null if it is not there</param>
internal sealed record ApiResponse(int Status, BinaryData Body, Func<string, string?> Header);

/// <summary>
/// One attempt at a time through OpenAI's package, by its protocol methods: bodies go and come as they are, so that the cache's key
/// is what was sent, and a server's own finish reasons are no error. The package's retries, redirects and logging are off.
/// </summary>
internal sealed class OpenAiEndpoint : IDisposable
{
    private readonly ApiKey _key;
    private readonly HttpClient _http;
    private readonly HttpClientPipelineTransport _transport;
    private readonly OpenAIClientOptions _options;
    private readonly ApiKeyCredential _credential;
    private readonly Dictionary<(ApiService, string), Func<BinaryContent, RequestOptions, Task<ClientResult>>> _clients = [];

    public OpenAiEndpoint(string address, ApiKey key, int connections)
    {
        (Address, _key) = (address, key);
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections, AllowAutoRedirect = false, UseCookies = false, UseProxy = !new Uri(address).IsLoopback })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _transport = key.IsGiven ? new HttpClientPipelineTransport(_http) : new WithoutKey(_http);
        _credential = new ApiKeyCredential(key.Reveal());
        _options = new OpenAIClientOptions
        {
            Endpoint = new Uri(address),
            Transport = _transport,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            EnableDistributedTracing = false,
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        };
    }

    public string Address { get; }

    /// <exception cref="OperationCanceledException">It was cancelled, or took too long for the caller.</exception>
    /// <exception cref="HttpRequestException">There was no response, or not all of it.</exception>
    public async Task<ApiResponse> SendAsync(ApiService service, string model, byte[] body, CancellationToken cancellation)
    {
        try
        {
            var options = new RequestOptions { CancellationToken = cancellation, ErrorOptions = ClientErrorBehaviors.NoThrow };
            ClientResult result = await Client(service, model)(BinaryContent.Create(BinaryData.FromBytes(body)), options);
            using PipelineResponse response = result.GetRawResponse();
            var headers = response.Headers.ToLookup(header => header.Key, header => header.Value, StringComparer.OrdinalIgnoreCase);
            return new ApiResponse(response.Status, response.Content, name => headers[name].FirstOrDefault());
        }
        catch (Exception error) when (error is ClientResultException or HttpRequestException or IOException or AggregateException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new HttpRequestException(Cause(error), _key.Hide(error.GetBaseException().Message));
        }
    }

    public void Dispose()
    {
        _transport.Dispose();
        _http.Dispose();
    }

    private static HttpRequestError Cause(Exception? error)
    {
        while (error is not null and not HttpRequestException)
            error = error.InnerException;
        return (error as HttpRequestException)?.HttpRequestError ?? HttpRequestError.Unknown;
    }

    private Func<BinaryContent, RequestOptions, Task<ClientResult>> Client(ApiService service, string model)
    {
        lock (_clients)
        {
            if (!_clients.TryGetValue((service, model), out Func<BinaryContent, RequestOptions, Task<ClientResult>>? client))
            {
                client = service == ApiService.Chat
                    ? new ChatClient(model, _credential, _options).CompleteChatAsync
                    : new EmbeddingClient(model, _credential, _options).GenerateEmbeddingsAsync;
                _clients.Add((service, model), client);
            }

            return client;
        }
    }

    /// <summary>For an endpoint that wants none: the package always sends one.</summary>
    private sealed class WithoutKey(HttpClient http) : HttpClientPipelineTransport(http)
    {
        protected override void OnSendingRequest(PipelineMessage message, HttpRequestMessage httpRequest) => httpRequest.Headers.Authorization = null;
    }
}
