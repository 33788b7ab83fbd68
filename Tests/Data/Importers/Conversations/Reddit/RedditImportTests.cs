using Data;
using Data.Importers;
using Data.Splitting;
using Trainers;
using Trainers.Sampling;

namespace Tests.Data.Importers.Conversations.Reddit;

/// <summary>Reddit-Movie's own tables.</summary>
public sealed class RedditImportTests
{
    // Three paths of one thread; written by Python's csv and repr, to see that RedditTable writes the same.
    private const string ByPython =
        """"
        conv_id,turn_id,turn_order,user_id,is_seeker,utc_time,upvotes,processed,raw,context_processed,context_raw,context_turn_ids
        t3_aa1_0/3,t3_aa1,0,t2_ann,True,1641000000,,"['USER', 'Films like tt0000101?\n\nI\'m ""new"" here, so… &amp; thanks']","['USER', 'Films like Night Harbor?\n\nI\'m ""new"" here, so… &amp; thanks']",[],[],[]
        t3_aa1_0/3,t1_aa2,1,t2_bob,False,1641000100,6.0,"['SYSTEM', 'tt0000105. Itâ\x80\x99s on now']","['SYSTEM', 'Paper Lions. Itâ\x80\x99s on now']","[['USER', 'Films like tt0000101?\n\nI\'m ""new"" here, so… &amp; thanks']]","[['USER', 'Films like Night Harbor?\n\nI\'m ""new"" here, so… &amp; thanks']]",['t3_aa1']
        t3_aa1_0/3,t1_aa3,2,t2_ann,True,1641000200,1.0,"['USER', 'Seen it, and tt0000107']","['USER', 'Seen it, and Salt & Iron']","[['USER', 'Films like tt0000101?\n\nI\'m ""new"" here, so… &amp; thanks'], ['SYSTEM', 'tt0000105. Itâ\x80\x99s on now']]","[['USER', 'Films like Night Harbor?\n\nI\'m ""new"" here, so… &amp; thanks'], ['SYSTEM', 'Paper Lions. Itâ\x80\x99s on now']]","['t3_aa1', 't1_aa2']"
        t3_aa1_0/3,t1_aa4,3,t2_bob,False,1641000300,2.0,"['SYSTEM', 'Then tt10001090,\nor tt0000101 again, tt9999999']","['SYSTEM', 'Then It\'s ""Late"",\nor Night Harbor again, tt9999999']","[['USER', 'Films like tt0000101?\n\nI\'m ""new"" here, so… &amp; thanks'], ['SYSTEM', 'tt0000105. Itâ\x80\x99s on now'], ['USER', 'Seen it, and tt0000107']]","[['USER', 'Films like Night Harbor?\n\nI\'m ""new"" here, so… &amp; thanks'], ['SYSTEM', 'Paper Lions. Itâ\x80\x99s on now'], ['USER', 'Seen it, and Salt & Iron']]","['t3_aa1', 't1_aa2', 't1_aa3']"
        t3_aa1_1/3,t3_aa1,0,t2_ann,True,1641000000,,"['USER', 'Films like tt0000101?\n\nI\'m ""new"" here, so… &amp; thanks']","['USER', 'Films like Night Harbor?\n\nI\'m ""new"" here, so… &amp; thanks']",[],[],[]
        t3_aa1_1/3,t1_aa5,1,t2_cy,False,1641000400,0.0,"['SYSTEM', 'No idea']","['SYSTEM', 'No idea']","[['USER', 'Films like tt0000101?\n\nI\'m ""new"" here, so… &amp; thanks']]","[['USER', 'Films like Night Harbor?\n\nI\'m ""new"" here, so… &amp; thanks']]",['t3_aa1']
        t3_aa1_2/3,t3_aa1,0,t2_ann,True,1641000000,,"['USER', 'Films like tt0000101?\n\nI\'m ""new"" here, so… &amp; thanks']","['USER', 'Films like Night Harbor?\n\nI\'m ""new"" here, so… &amp; thanks']",[],[],[]
        t3_aa1_2/3,t1_aa6,1,[deleted],False,1641000500,-3.0,"['SYSTEM', '\ntt0000107s']","['SYSTEM', 'Salt & Iron']","[['USER', 'Films like tt0000101?\n\nI\'m ""new"" here, so… &amp; thanks']]","[['USER', 'Films like Night Harbor?\n\nI\'m ""new"" here, so… &amp; thanks']]",['t3_aa1']
        """";

    private static readonly RedditPost Ask = new("t3_b", null, "ann", 100, "Like {0}?", "tt0000101");

    [Fact]
    public void A_reply_that_names_movies_is_a_turn_with_the_posts_above_it()
    {
        using SampleFolder folder = new SampleFolder().WithNames().With("train.csv", ByPython);
        ConversationSource source = folder.Open();
        Assert.Equal("reddit-movie", source.Name);
        Assert.Equal(RedditTable.Names.Keys, source.Items.Select(item => item.ImdbId));
        Assert.Equal(RedditTable.Names.Values, source.Items.Select(item => item.Title));
        Assert.Equal(["train_t3_aa1/t1_aa2", "train_t3_aa1/t1_aa4", "train_t3_aa1/t1_aa6"], source.Turns.Select(turn => turn.Id));
        Assert.All(source.Turns, turn => Assert.Equal(("train_t3_aa1", "reddit-movie:t2_ann", Split.Train), (turn.Conversation, turn.User, turn.Split)));

        Turn deep = source.Turns[1];
        Assert.Equal(1641000300, deep.Time);
        Assert.Equal([Role.Seeker, Role.Recommender, Role.Seeker], deep.Context.Select(said => said.Role));
        Assert.Equal(
            ["Films like Night Harbor?\n\nI'm \"new\" here, so… & thanks", "Paper Lions. It’s on now", "Seen it, and Salt & Iron"], deep.Context.Select(said => said.Text));
        Assert.Equal([[0], [1], [2]], deep.Context.Select(said => said.Items));
        Assert.Equal([0, 1, 2], deep.Mentioned);
        Assert.Equal([3], deep.Targets);
        Assert.Equal([0], deep.Repeated);

        // An id may follow a line break and stand within a word, as in the plural of a title.
        Assert.Equal([2], source.Turns[2].Targets);
        Assert.Contains("train.csv: 8 rows", source.Notes);
        Assert.Contains("train.csv: 2 rows of posts that another path has brought already", source.Notes);
        Assert.Contains("train.csv: 1 IMDb ids that id2name.json does not name, left out: tt9999999", source.Notes);
    }

    [Fact]
    public void The_table_writer_of_these_tests_writes_as_Python_does()
    {
        var ask = new RedditPost("t3_aa1", null, "t2_ann", 1641000000, "Films like {0}?\n\nI'm \"new\" here, so… &amp; thanks", "tt0000101");
        string[] rows = [.. RedditTable.Rows([new RedditPost("t1_aa5", ask, "t2_cy", 1641000400, "No idea")])];
        string[] python = ByPython.Split('\n');
        Assert.Equal(RedditTable.Header, python[0]);
        Assert.Equal(python[5], rows[0].Replace("_0/1,", "_1/3,", StringComparison.Ordinal));
        Assert.Equal(python[6], rows[1].Replace("_0/1,", "_1/3,", StringComparison.Ordinal).Replace(",6.0,", ",0.0,", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_seeker_said_counts_once_however_many_paths_hold_it()
    {
        RedditPost[] replies = [.. Enumerable.Range(0, 20).Select(i => new RedditPost($"t1_{i}", Ask, "bob", 200 + i, "{0}", i < 10 ? "tt0000105" : "tt0000107"))];
        using SampleFolder folder = new SampleFolder().WithNames().With("train.csv", replies);
        ConversationSource source = folder.Open();
        Assert.Equal(20, source.Turns.Count);
        Assert.Same(source.Turns[0].Context[0], source.Turns[19].Context[0]);
        Interactions learnt = ConversationInteractions.Build(source.Turns, source.Items.Count).Interactions;
        Assert.Equal([0, 1, 2], learnt.ItemsOf(0).ToArray());
        Assert.Equal([200, 200, 210], learnt.TimesOf(0).ToArray());
    }

    [Fact]
    public void A_reply_of_several_splits_belongs_to_the_last_of_them()
    {
        var shared = new RedditPost("t1_shared", Ask, "bob", 200, "{0}", "tt0000105");
        var more = new RedditPost("t1_more", shared, "ann", 300, "And {0}?", "tt0000107");
        var last = new RedditPost("t1_last", more, "bob", 400, "{0}", "tt10001090");
        using SampleFolder folder = new SampleFolder().WithNames()
            .With("train.csv", shared, new RedditPost("t1_train", Ask, "cy", 250, "{0}", "tt0000107"))
            .With("valid.csv", last)
            .With("test.csv", new RedditPost("t1_test", shared, "ann", 500, "Thanks"));
        ConversationSource source = folder.Open();
        Assert.Equal(["train_t3_b/t1_train", "valid_t3_b/t1_last", "test_t3_b/t1_shared"], source.Turns.Select(turn => turn.Id));
        Assert.Equal([Split.Train, Split.Validation, Split.Test], source.Turns.Select(turn => turn.Split));
        Assert.Contains("valid.csv: 1 replies that an earlier split has too, taken here and not there", source.Notes);
        Assert.Contains("test.csv: 1 replies that an earlier split has too, taken here and not there", source.Notes);
    }

    [Fact]
    public void An_account_that_is_gone_leaves_the_thread_as_the_user()
    {
        var ask = new RedditPost("t3_x", null, null, 100, "Any?");
        using SampleFolder folder = new SampleFolder().WithNames().With("test.csv", new RedditPost("t1_y", ask, "bob", 200, "{0} {1}", "tt0000105", "tt0000101"));
        ConversationSource source = folder.Open();
        Turn turn = Assert.Single(source.Turns);
        Assert.Null(turn.User);
        Assert.Equal([1, 0], turn.Targets);
        Assert.Contains("posts: 1 turns whose seeker is not known, since the account is gone", source.Notes);
        Assert.Equal(["test_t3_x"], ConversationInteractions.Build(source.Turns, source.Items.Count).Users);
    }

    [Fact]
    public void Turns_of_He_et_al_beside_the_tables_are_their_split()
    {
        using SampleFolder folder = Samples.Reddit().WithNames().Without("turns.train.jsonl")
            .With("entity2id.json", """{"Night Harbor (1982)": "tt0000101", "Elsewhere (2001)": "tt0000999"}""")
            .With("item_ids.json", """["tt0000101", "tt0000999"]""")
            .With("turns.test.jsonl", """{"context": ["", "Anything like night harbor?"], "resp": "Elsewhere", "rec": ["tt0000999"], "entity": [], "prev_entity": ["tt0000101"], "dialog_id": 4, "turn_id": 9, "is_user": 0}""")
            .With("llm.tiny.test.jsonl", Samples.Reply(0, "1. Elsewhere"))
            .With("train.csv", new RedditPost("t1_y", Ask, "bob", 200, "{0}", "tt0000105"))
            .With("test.csv", new RedditPost("t1_z", Ask, "bob", 200, "{0}", "tt0000105"));
        ConversationSource source = folder.Open();
        Assert.Equal(["train_t3_b/t1_y", "test_4/9"], source.Turns.Select(turn => turn.Id));
        Assert.Equal("Elsewhere (2001)", source.Items[Assert.Single(source.Turns[1].Targets)].Title);
        Assert.Equal([0], source.Turns[1].Mentioned);
        Assert.Equal("test_4/9", Assert.Single(source.Replies["tiny"]).Turn);
        Assert.Contains("test.csv: 0 turns taken: turns.test.jsonl has this split", source.Notes);
        Assert.Contains("item_ids.json: 1 movies that id2name.json does not have", source.Notes);
    }

    [Fact]
    public void Turns_of_He_et_al_that_the_corpus_learns_from_too_are_counted()
    {
        const string Request = "Looking for slow films about ports, ships and rain like {0}, nothing newer than 2010";
        string row = """{"context": ["", "TEXT"], "resp": "x", "rec": ["tt0000101"], "entity": [], "prev_entity": [], "dialog_id": 4, "turn_id": TURN, "is_user": 0}""";
        using SampleFolder folder = Samples.Reddit().WithNames().Without("turns.train.jsonl")
            .With(
                "turns.test.jsonl",
                row.Replace("TEXT", Request.Replace("{0}", "night harbor", StringComparison.Ordinal).Replace(", ", " ,  ", StringComparison.Ordinal), StringComparison.Ordinal).Replace("TURN", "1", StringComparison.Ordinal),
                row.Replace("TEXT", "Looking for fast films about cars and deserts, nothing older than 2010", StringComparison.Ordinal).Replace("TURN", "2", StringComparison.Ordinal),
                row.Replace("TEXT", "Like Night Harbor?", StringComparison.Ordinal).Replace("TURN", "3", StringComparison.Ordinal))
            .With("train.csv", new RedditPost("t1_y", Ask with { Text = Request }, "bob", 200, "{0}", "tt0000105"), new RedditPost("t1_z", Ask with { Id = "t3_short" }, "bob", 200, "{0}", "tt0000105"));
        Assert.Contains(
            "turns.test.jsonl: 1 turns whose first post begins as that of a thread of an earlier split: what is learned there may know their replies", folder.Open().Notes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_threads_become_the_turns_that_their_trees_have(ulong seed)
    {
        var random = new SplitMix64(seed);
        string[] ids = [.. RedditTable.Names.Keys], users = ["ann", "bob", "cy"];
        var ends = new List<RedditPost>();
        for (int thread = 0; thread < 30; thread++)
        {
            var posts = new List<RedditPost>();
            for (int i = 0; i < 1 + random.NextInt(12); i++)
            {
                string[] movies = [.. Enumerable.Range(0, random.NextInt(3)).Select(_ => ids[random.NextInt(ids.Length)])];
                string text = string.Join(" it's \"so\",\n", movies.Select((_, place) => $"{{{place}}}")) + random.NextInt(3) switch { 0 => " \\ ok", 1 => " 'tt12'", _ => "" };
                posts.Add(i == 0
                    ? new RedditPost($"t3_{thread}", null, users[random.NextInt(3)], thread, text, movies)
                    : new RedditPost($"t1_{thread}x{i}", posts[random.NextInt(i)], users[random.NextInt(3)], i, text, movies));
            }

            ends.AddRange(posts.Where(post => posts.TrueForAll(other => other.Above != post)));
        }

        string[] rows = [.. RedditTable.Rows(ends)];
        using SampleFolder folder = new SampleFolder().WithNames().With("train.csv", [RedditTable.Header, .. rows]);
        ConversationSource source = folder.Open();
        RedditPost[] replies = [.. ends.SelectMany(end => end.Path).Distinct().Where(post => !post.IsSeeker && post.Movies.Length > 0)];
        Assert.Equal(replies.Select(post => $"train_{post.Path[0].Id}/{post.Id}"), source.Turns.Select(turn => turn.Id));
        foreach ((RedditPost post, Turn turn) in replies.Zip(source.Turns))
        {
            RedditPost[] above = [.. post.Path.SkipLast(1)];
            string[] mentioned = [.. above.SelectMany(one => one.Movies).Distinct()];
            Assert.Equal(above.Select(one => one.Raw(RedditTable.Names)), turn.Context.Select(said => said.Text));
            Assert.Equal(above.Select(one => one.Role), turn.Context.Select(said => said.Role));
            Assert.Equal(mentioned, turn.Mentioned.Select(item => ids[item]));
            Assert.Equal(post.Movies.Distinct().Except(mentioned), turn.Targets.Select(item => ids[item]));
            Assert.Equal(post.Movies.Distinct().Intersect(mentioned), turn.Repeated.Select(item => ids[item]));
            Assert.Equal($"reddit-movie:{post.Path[0].User}", turn.User);
        }

        // The order of rows matters to the order of turns alone.
        folder.With("train.csv", [RedditTable.Header, .. rows.Reverse()]);
        Assert.Equal(Told(source.Turns), Told(folder.Open().Turns));

        static IEnumerable<string> Told(IReadOnlyList<Turn> turns) => turns.OrderBy(turn => turn.Id, StringComparer.Ordinal).Select(turn =>
            $"{turn.Id} {turn.User} {turn.Time} {string.Join(',', turn.Mentioned)} {string.Join(',', turn.Targets)} {string.Join('|', turn.Context.Select(said => said.Text))}");
    }
}
