namespace Workbench.Studies;

/// <summary>What trials have made, each by the SHA-256 of its bytes, for all studies of a place; and which trial made which, so that a study answers from another one's work.</summary>
/// <remarks>Safe to call from several threads.</remarks>
internal interface IArtifacts
{
    /// <summary>Writes an artifact; it is there whole or not at all, and outlasts a loss of power.</summary>
    /// <returns>its name</returns>
    /// <exception cref="StudyException">It cannot be written.</exception>
    string Write(Action<Stream> write);

    /// <summary>The artifact's bytes; null if it is not there, or not what it was any more: then what made it is to be run again.</summary>
    /// <exception cref="StudyException">It cannot be read.</exception>
    byte[]? Read(string name);

    /// <summary>Removes an artifact, so that what made it is run again.</summary>
    /// <exception cref="StudyException">It cannot be removed.</exception>
    void Remove(string name);

    /// <summary>Whether it is there. Not, if it is lost for everybody.</summary>
    /// <exception cref="StudyException">It is somewhere, but not to be had from here.</exception>
    bool Has(string name);

    /// <summary>Keeps for other studies what came of a trial.</summary>
    /// <exception cref="StudyException">It cannot be written.</exception>
    void Share(TrialRecord trial);

    /// <summary>What came of a trial in any study; null if nobody knows.</summary>
    /// <exception cref="StudyException">It cannot be read.</exception>
    TrialRecord? Find(string key);
}
