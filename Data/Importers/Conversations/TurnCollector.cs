using Trainers;

namespace Data.Importers.Conversations;

/// <summary>Collects the turns of all files: ids are unique, and the counts of each file are told.</summary>
internal sealed class TurnCollector
{
    private readonly HashSet<string> _ids = [];
    private readonly List<Turn> _turns = [];

    public IReadOnlyList<Turn> Turns => _turns;

    /// <summary>False if a turn of that id is there already and bad rows are skipped.</summary>
    public bool Add(Turn turn, string file, RowPlace place, ImportNotes notes)
    {
        if (!_ids.Add(turn.Id))
        {
            notes.Refuse(new UserErrorException($"turn {turn.Id} is there twice: remove one row, or skip bad rows", place.File, place.Line));
            return false;
        }

        _turns.Add(turn);
        notes.Count(file, "turns");
        notes.Count(file, "targets: items of the reply that were not mentioned before", turn.Targets.Length);
        notes.Count(file, "repeated: items of the reply that had been mentioned before", turn.Repeated.Length);
        notes.Count(file, "turns without a target", turn.Targets.Length == 0 ? 1 : 0);
        notes.Count(file, "turns that mention no item before the reply", turn.Mentioned.Length == 0 ? 1 : 0);
        return true;
    }
}
