namespace Data.Downloads;

/// <summary>A dataset as its publishers offer it.</summary>
/// <param name="Name">e.g. <c>ml-25m</c></param>
/// <param name="Title">one line: what it is, and how large</param>
/// <param name="Kind">which importer reads it</param>
/// <param name="Licences">of its publishers; not empty</param>
/// <param name="Files">not empty; together in one folder they are what the importer reads</param>
/// <param name="Notes">what whoever uses it has to know</param>
public sealed record DatasetSource(
    string Name,
    string Title,
    SourceKind Kind,
    IReadOnlyList<SourceLicence> Licences,
    IReadOnlyList<RemoteFile> Files,
    IReadOnlyList<string> Notes);

/// <summary>What a dataset holds.</summary>
public enum SourceKind
{
    /// <summary>For <see cref="Importers.RatingsImporter"/>.</summary>
    Ratings,

    /// <summary>For <see cref="Importers.ConversationImporter"/>.</summary>
    Conversations,
}

/// <summary>Under which conditions a publisher offers data.</summary>
/// <param name="Name">of the licence, or what is known in its place</param>
/// <param name="Url">where it stands</param>
/// <param name="Use">one sentence: what it permits and asks for, and what to cite</param>
public sealed record SourceLicence(string Name, Uri Url, string Use);

/// <summary>A file at a publisher's.</summary>
/// <param name="Name">of the file here</param>
/// <param name="Url">where it is</param>
/// <param name="Checksum">of its content, where it never changes; else null</param>
/// <param name="ChecksumUrl">where the publisher keeps its checksum, e.g. the .md5 beside it; else null</param>
/// <param name="Unpack">of a zip: which entries become which files beside it</param>
public sealed record RemoteFile(string Name, Uri Url, Checksum? Checksum, Uri? ChecksumUrl, IReadOnlyDictionary<string, string> Unpack);
