namespace Tests.Workbench.Llm.Endpoints;

/// <summary>What a server can do to a request.</summary>
internal enum Fault
{
    None,
    TooManyRequests,
    TooManyRequestsSeconds,
    TooManyRequestsDate,
    InternalError,
    Unavailable,
    Reset,
    ResetInBody,
    Stalled,
    InvalidJson,
    NoChoices,
    ErrorInSuccess,

    // Not worth another attempt.
    CutByLength,
    ContentFilter,
    ContentFilterAsError,
    Unauthorized,
    Forbidden,
    Redirect,
    NoSuchModel,
    NoQuota,
    BadRequest,
    RawBadRequest,
    TooLong,
}

/// <summary>A chat request as the server saw it.</summary>
/// <param name="Prompt">of its only message</param>
/// <param name="Attempt">how often this prompt came before</param>
/// <param name="Body">all of it</param>
/// <param name="Authorization">the header; null if there was none</param>
internal sealed record ChatRequest(string Prompt, int Attempt, string Body, string? Authorization);
