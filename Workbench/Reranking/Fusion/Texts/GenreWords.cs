using System.Collections.Frozen;

namespace Workbench.Reranking.Fusion.Texts;

/// <summary>What people say, and the genre that they mean. A genre's own words mean it in any case.</summary>
internal static class GenreWords
{
    private static readonly FrozenDictionary<string, string[]> Meant = new Dictionary<string, string[]>
    {
        ["scary"] = ["horror"], ["creepy"] = ["horror"], ["spooky"] = ["horror"], ["slasher"] = ["horror"], ["zombie"] = ["horror"], ["gore"] = ["horror"],
        ["gory"] = ["horror"], ["ghost"] = ["horror"], ["vampire"] = ["horror"], ["haunted"] = ["horror"], ["scared"] = ["horror"], ["scare"] = ["horror"],
        ["funny"] = ["comedy"], ["laugh"] = ["comedy"], ["hilarious"] = ["comedy"], ["humor"] = ["comedy"], ["comedic"] = ["comedy"], ["silly"] = ["comedy"],
        ["goofy"] = ["comedy"], ["romcom"] = ["comedy", "romance"], ["parody"] = ["comedy"], ["slapstick"] = ["comedy"], ["comedian"] = ["comedy"],
        ["romantic"] = ["romance"], ["chick"] = ["romance"], ["flick"] = ["romance"], ["lovestory"] = ["romance"], ["rom"] = ["romance"],
        ["scifi"] = ["sci", "fi"], ["science"] = ["sci", "fi"], ["fiction"] = ["sci", "fi"], ["space"] = ["sci", "fi"], ["alien"] = ["sci", "fi"], ["robot"] = ["sci", "fi"], ["futuristic"] = ["sci", "fi"],
        ["kid"] = ["children", "animation"], ["family"] = ["children", "animation"], ["child"] = ["children", "animation"], ["disney"] = ["children", "animation"],
        ["pixar"] = ["children", "animation"], ["animated"] = ["animation"], ["cartoon"] = ["animation", "children"], ["anime"] = ["animation"], ["daughter"] = ["children"], ["son"] = ["children"],
        ["superhero"] = ["action"], ["hero"] = ["action"], ["marvel"] = ["action"], ["fight"] = ["action"], ["explosion"] = ["action"], ["martial"] = ["action"], ["spy"] = ["action", "thriller"],
        ["comic"] = ["action"], ["car"] = ["action"], ["suspense"] = ["thriller", "mystery"], ["suspenseful"] = ["thriller", "mystery"], ["thrilling"] = ["thriller"], ["psychological"] = ["thriller", "mystery"],
        ["twist"] = ["thriller", "mystery"], ["detective"] = ["mystery", "crime"], ["murder"] = ["mystery", "crime", "thriller"], ["killer"] = ["crime", "thriller", "horror"],
        ["gangster"] = ["crime"], ["mafia"] = ["crime"], ["mob"] = ["crime"], ["heist"] = ["crime"], ["gang"] = ["crime"], ["cop"] = ["crime", "action"], ["police"] = ["crime", "action"],
        ["magic"] = ["fantasy"], ["magical"] = ["fantasy"], ["wizard"] = ["fantasy"], ["dragon"] = ["fantasy"], ["fairy"] = ["fantasy"], ["history"] = ["war", "documentary"],
        ["historical"] = ["war", "drama"], ["military"] = ["war"], ["soldier"] = ["war"], ["army"] = ["war"], ["cowboy"] = ["western"], ["sad"] = ["drama"], ["cry"] = ["drama"],
        ["dramatic"] = ["drama"], ["serious"] = ["drama"], ["emotional"] = ["drama"], ["biography"] = ["drama"], ["sing"] = ["musical"], ["singing"] = ["musical"], ["song"] = ["musical"], ["music"] = ["musical"], ["dance"] = ["musical"],
    }.ToFrozenDictionary();

    /// <summary>The terms of genres that the words name or mean, each once.</summary>
    internal static string[] In(IEnumerable<string> words) => [.. words.SelectMany(word => Meant.GetValueOrDefault(word, []).Prepend(word)).Distinct()];
}
